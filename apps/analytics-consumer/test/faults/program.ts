import { openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface ProgramOptions {
  /** Path from this directory. */
  file: string
  env: Record<string, string>
  /** Standard output and error go here. */
  logFile: string
}

/** A real process that must go on until the scenario itself ends it. */
export class Program {
  readonly name: string
  readonly #child: Bun.Subprocess
  #expected = false
  #died: string | null = null

  constructor(name: string, { file, env, logFile }: ProgramOptions) {
    this.name = name
    const log = openSync(logFile, 'a')
    this.#child = Bun.spawn([process.execPath, fileURLToPath(new URL(file, import.meta.url))], {
      env: { PATH: process.env.PATH, LOG_LEVEL: 'debug', ...env },
      stdout: log,
      stderr: log,
      onExit: (_child, code, signal) => {
        if (!this.#expected) this.#died = `${name} ended by itself: ${signal ?? code}`
      },
    })
  }

  get pid(): number {
    return this.#child.pid
  }

  /** Why it is gone, though nobody ended it; null while all is well. */
  get died(): string | null {
    return this.#died
  }

  /** kill -9, and waits until the process is gone. */
  async kill(): Promise<void> {
    this.#expected = true
    this.#child.kill('SIGKILL')
    await this.#child.exited
  }

  /** SIGTERM; answers the exit code. */
  async stop(): Promise<number> {
    this.#expected = true
    this.#child.kill('SIGTERM')
    return await this.#child.exited
  }
}
