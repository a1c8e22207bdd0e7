import { parseApiError } from '#lib/api-error.ts'
import { growingWait, wait } from '#lib/wait.ts'

/** What is awaited happens within seconds of the due time. */
const POLL_INTERVAL_MS = 2_000
const MAX_WAIT_MS = 5_000

/**
 * From `dueMs` on, on the browser's clock, queries again and again until `isSettled` resolves to true, or nobody is
 * signed in any more. A query that fails is repeated. Resolves too once the signal is aborted.
 */
export async function untilSettled(
  dueMs: number,
  isSettled: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  await wait(dueMs - Date.now(), signal)
  for (let failures = 0; !signal.aborted; ) {
    const state = await isSettled().then(
      (settled) => (settled ? 'settled' : 'pending'),
      (error) => (parseApiError(error, '').code === 'UNAUTHENTICATED' ? 'settled' : 'unreachable'),
    )
    if (state === 'settled') return
    failures = state === 'unreachable' ? failures + 1 : 0
    await wait(failures ? growingWait(failures, MAX_WAIT_MS) : POLL_INTERVAL_MS, signal)
  }
}
