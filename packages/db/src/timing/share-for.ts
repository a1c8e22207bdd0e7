/**
 * Returns a function that runs `read` at most once in `maxAgeMs`, however often it is called: calls until then,
 * also those during the run, share its result. A rejection is not remembered.
 */
export function shareFor<T>(maxAgeMs: number, read: () => Promise<T>): () => Promise<T> {
  let latest: { at: number; result: Promise<T> } | null = null
  return () => {
    const now = performance.now()
    if (latest && now - latest.at < maxAgeMs) return latest.result
    const started = { at: now, result: read() }
    latest = started
    started.result.catch(() => {
      if (latest === started) latest = null
    })
    return started.result
  }
}
