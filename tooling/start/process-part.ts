import { spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { logTail, openLog } from '../processes/log-file.ts'
import { processEnd } from '../processes/process-end.ts'
import { stopProcess } from '../processes/stop-process.ts'
import type { Part } from './supervisor.ts'

export type ProcessOptions = {
  name: string
  command: string[]
  cwd: string
  env: Record<string, string | undefined>
  /** Its output is appended here. */
  logFile: string
  /** Milliseconds that it has to end after SIGTERM. */
  stopTimeoutMs: number
}

/** A part that is one program. */
export function processPart({ name, command, cwd, env, logFile, stopTimeoutMs }: ProcessOptions): Part {
  const [file = '', ...args] = command
  return {
    name,
    launch() {
      const output = openLog(logFile)
      // In a session of its own: Ctrl-C in a terminal reaches only the supervisor, which ends the parts in order.
      const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', output, output] })
      closeSync(output)
      return new Promise((resolve, reject) => {
        child.once('error', reject)
        const { pid } = child
        if (pid === undefined) return
        const exited = processEnd(child).then((how) => `${how}: ${logTail(logFile, 1)}`)
        resolve({
          pid,
          exited,
          async stop() {
            await stopProcess(pid, { timeoutMs: stopTimeoutMs })
          },
        })
      })
    },
  }
}
