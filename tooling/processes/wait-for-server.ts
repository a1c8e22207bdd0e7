import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { logTail } from './log-file.ts'

export type WaitOptions = {
  /** For error messages: "The Kafka broker". */
  name: string
  logFile: string
  isReady: (pid: number) => boolean | Promise<boolean>
  /** Stops a server that is not ready in time. */
  stop: (pid: number) => Promise<unknown>
  /** Defaults to a minute. */
  timeoutMs?: number | undefined
}

const START_TIMEOUT_MS = 60_000
const POLL_INTERVAL_MS = 20

/**
 * Resolves with the process id when a server that was just started is ready.
 * @throws with the end of its log when it ends before that, or is not ready within `timeoutMs`
 */
export async function waitForServer(child: ChildProcess, options: WaitOptions): Promise<number> {
  const { name, logFile, isReady, stop, timeoutMs = START_TIMEOUT_MS } = options
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  const { pid } = child
  const deadline = performance.now() + timeoutMs
  while (pid !== undefined && !failure && child.exitCode === null && child.signalCode === null) {
    if (await isReady(pid)) return pid
    if (performance.now() > deadline) {
      await stop(pid)
      throw new Error(`${name} did not start within ${timeoutMs / 1000} s:\n${logTail(logFile)}`)
    }
    await delay(POLL_INTERVAL_MS)
  }
  throw new Error(`${name} did not start:\n${logTail(logFile)}`, { cause: failure })
}
