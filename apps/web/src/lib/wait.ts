/** Resolves after `ms`, or as soon as the signal is aborted. */
export const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })

const FIRST_WAIT_MS = 1_000

/**
 * How long to wait after so many failures in a row: a second, doubled with each further one up to `maxMs`,
 * with a jitter of half, so that browsers do not return all at once.
 */
export const growingWait = (failures: number, maxMs: number): number =>
  Math.min(maxMs, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1)) * (0.5 + Math.random())
