import { setTimeout as pause } from 'node:timers/promises'
import type { RunningPart } from './supervisor.ts'

export type ReadyOptions = { limit: number; signal: AbortSignal; hint: () => string }

/**
 * Waits until `url` answers 200.
 * @throws when the part ends first, or when `limit` milliseconds have passed
 */
export async function untilReady(
  part: RunningPart,
  url: string,
  { limit, signal, hint }: ReadyOptions,
): Promise<void> {
  let ended = false
  part.exited.then(
    () => {
      ended = true
    },
    () => {
      ended = true
    },
  )
  const until = performance.now() + limit
  let last = 'no answer'
  while (performance.now() < until) {
    signal.throwIfAborted()
    if (ended) throw new Error(`It ended before it was ready:\n${hint()}`)
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) })
      if (answer.ok) return
      last = `${answer.status} ${await answer.text()}`
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await pause(50)
  }
  throw new Error(`${url} was not ready within ${limit / 1000} s: ${last}\n${hint()}`)
}
