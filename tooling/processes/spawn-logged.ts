import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { openLog } from './log-file.ts'

/**
 * Starts a long-running program whose output is appended to `logFile`. It has a session of its own, so that Ctrl-C in a
 * terminal reaches only the process that stops the programs in order.
 */
export function spawnLogged(command: string[], logFile: string, options: SpawnOptions): ChildProcess {
  const [file = '', ...args] = command
  const output = openLog(logFile)
  try {
    return spawn(file, args, { ...options, detached: true, stdio: ['ignore', output, output] })
  } finally {
    closeSync(output)
  }
}
