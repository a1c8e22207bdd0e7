import { openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface ProgramOptions {
  /** Path relative to this directory. */
  file: string
  env: Record<string, string>
  /** Receives standard output and error. */
  logFile: string
}

/** A process of the product, which must run until the scenario ends it. */
export class Program {
  readonly name: string
  readonly #child: Bun.Subprocess
  #exitExpected = false
  #unexpectedExit: string | null = null

  constructor(name: string, { file, env, logFile }: ProgramOptions) {
    this.name = name
    const log = openSync(logFile, 'a')
    this.#child = Bun.spawn([process.execPath, fileURLToPath(new URL(file, import.meta.url))], {
      env: { PATH: process.env.PATH, LOG_LEVEL: 'debug', ...env },
      stdout: log,
      stderr: log,
      onExit: (_child, code, signal) => {
        if (!this.#exitExpected) this.#unexpectedExit = `${name} ended by itself: ${signal ?? code}`
      },
    })
  }

  get pid(): number {
    return this.#child.pid
  }

  /** How the process ended by itself; null while it runs and after the scenario ended it. */
  get unexpectedExit(): string | null {
    return this.#unexpectedExit
  }

  /** Sends SIGKILL, and resolves when the process has ended. */
  async kill(): Promise<void> {
    this.#exitExpected = true
    this.#child.kill('SIGKILL')
    await this.#child.exited
  }

  /** Sends SIGTERM, and resolves with the exit code. */
  async stop(): Promise<number> {
    this.#exitExpected = true
    this.#child.kill('SIGTERM')
    return await this.#child.exited
  }
}
