/**
 * Waits for a condition, asking every 10 ms; an error of the question counts as "not yet". @throws after
 * `limit` ms
 */
export async function until(
  condition: () => Promise<boolean> | boolean,
  limit: number,
  otherwise: string,
): Promise<void> {
  const end = performance.now() + limit
  let last: unknown
  for (;;) {
    try {
      if (await condition()) return
    } catch (error) {
      last = error
    }
    if (performance.now() > end)
      throw new Error(`${otherwise} (waited for ${limit} ms)`, last === undefined ? {} : { cause: last })
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
