/** How a server of ours is started, whichever it is. */
export type ServerOptions = {
  /** Everything is kept below it: data, settings, secrets, the log. Made when missing. */
  dataDir: string
  /** The server's own choice unless given. */
  port?: number
  /** More of the server's own settings, for this run. */
  settings?: Record<string, string | number>
  log?: (line: string) => void
}

/** A server that runs as a process of ours. */
export type RunningServer = {
  port: number
  pid: number
  /** Comes true when the server has ended, for whatever reason: its exit code or signal. */
  exited: Promise<string>
  /** Orderly: what was accepted is written. */
  stop(): Promise<void>
}
