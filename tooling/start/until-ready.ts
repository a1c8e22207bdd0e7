import { setTimeout as delay } from 'node:timers/promises'
import type { RunningPart } from './supervisor.ts'

export type ReadyOptions = {
  timeoutMs: number
  signal: AbortSignal
  /** Text for the error message: the end of the part's log. */
  hint: () => string
}

const POLL_INTERVAL_MS = 50
const REQUEST_TIMEOUT_MS = 5_000

/**
 * Waits until `url` responds with 200.
 * @throws when the part ends first, or after `timeoutMs`
 */
export async function untilReady(
  part: RunningPart,
  url: string,
  { timeoutMs, signal, hint }: ReadyOptions,
): Promise<void> {
  let hasEnded = false
  const markEnded = () => {
    hasEnded = true
  }
  part.exited.then(markEnded, markEnded)
  const deadline = performance.now() + timeoutMs
  let last = 'no response'
  while (performance.now() < deadline) {
    signal.throwIfAborted()
    if (hasEnded) throw new Error(`It ended before it was ready:\n${hint()}`)
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })
      if (response.ok) return
      last = `${response.status} ${await response.text()}`
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await delay(POLL_INTERVAL_MS)
  }
  throw new Error(`${url} was not ready within ${timeoutMs / 1000} s: ${last}\n${hint()}`)
}
