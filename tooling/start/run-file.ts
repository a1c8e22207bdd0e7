import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { processCommand } from '../processes/process-command.ts'
import { stopProcess } from '../processes/stop-process.ts'
import { SettingsError } from './settings.ts'

const Pids = z.record(z.string(), z.number().int().positive())

/** Writes JSON to a file completely or not at all: scripts read these files at any time. */
export function writeAtomically(path: string, value: unknown): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** In the data directory: the process id of the `npm start` that uses it. */
export const RUN_LOCK = 'start.pid'
/** In the data directory: the folder of the logs. */
export const LOG_FOLDER = 'logs'

/** `.data/run.json`: the process ids of the running parts. */
export class RunFile {
  readonly #path: string

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'run.json')
  }

  write(pids: Record<string, number>): void {
    writeAtomically(this.#path, pids)
  }

  remove(): void {
    rmSync(this.#path, { force: true })
  }

  /**
   * Ends programs that a killed run left running. A process id counts only when its command line names the checkout at
   * `root`: by now it may belong to another program.
   */
  async stopLeftovers(names: string[], root: string): Promise<void> {
    const pids = this.#read()
    for (const name of names) {
      const pid = pids[name]
      if (pid !== undefined && processCommand(pid).includes(root)) await stopProcess(pid)
    }
  }

  #read(): Record<string, number> {
    try {
      return Pids.parse(JSON.parse(readFileSync(this.#path, 'utf8')))
    } catch {
      return {}
    }
  }
}

/**
 * Makes this process the only `npm start` on a data directory. Returns the function that releases it.
 * @throws SettingsError when another one runs
 */
export function claim(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, RUN_LOCK)
  const release = () => rmSync(file, { force: true })
  for (;;) {
    try {
      writeFileSync(file, `${process.pid}\n`, { flag: 'wx' })
      return release
    } catch {
      const pid = Number(readFileSync(file, 'utf8'))
      if (pid > 0 && pid !== process.pid && processCommand(pid).includes('start/main.ts')) {
        throw new SettingsError(`Eungmo already runs from this directory (process ${pid}).`)
      }
      release()
    }
  }
}
