/** How each of our servers is started. */
export type ServerOptions = {
  /** Holds everything: data, settings, secrets, the log. Created when missing. */
  dataDir: string
  /** Defaults to a free port. */
  port?: number
  /** More of the server's own settings, for this run. */
  settings?: Record<string, string | number>
  log?: (line: string) => void
  /** How long it may take until it serves; defaults to a minute. */
  startTimeoutMs?: number
}

/** A server that runs as a child process. */
export type RunningServer = {
  port: number
  pid: number
  /** Resolves when the server has ended, for whatever reason: with its exit code or signal. */
  exited: Promise<string>
  /** Stops it in an orderly way: everything that was accepted is written. */
  stop(): Promise<void>
}
