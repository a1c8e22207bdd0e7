import { pause } from '@eungmo/db/timing/pause'

const POLL_INTERVAL_MS = 10

/**
 * Resolves when `condition` returns true, and counts an error of it as false, since servers are down in
 * between. Rejects with `message` and the last error after `timeoutMs`. Not `vi.waitUntil`: the suite also
 * runs outside Vitest.
 */
export async function waitUntil(
  condition: () => Promise<boolean> | boolean,
  timeoutMs: number,
  message: string,
): Promise<void> {
  const deadline = performance.now() + timeoutMs
  let lastError: unknown
  for (;;) {
    try {
      if (await condition()) return
    } catch (error) {
      lastError = error
    }
    if (performance.now() > deadline)
      throw new Error(
        `${message} (waited for ${timeoutMs} ms)`,
        lastError === undefined ? {} : { cause: lastError },
      )
    await pause(POLL_INTERVAL_MS)
  }
}
