import { logTail } from '../processes/log-file.ts'
import { processEnd } from '../processes/process-end.ts'
import { spawnLogged } from '../processes/spawn-logged.ts'
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
  return {
    name,
    launch() {
      const child = spawnLogged(command, logFile, { cwd, env })
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
