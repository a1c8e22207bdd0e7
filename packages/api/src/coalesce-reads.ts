/**
 * Shares the reads of one key: callers that arrive while a read runs get the next one, which starts when that
 * ends. So however many callers there are, at most one read per key runs at a time, and no caller gets a
 * result whose read started before its call. An error goes to those who shared the read. Nothing is stored:
 * a key is known only while its read runs.
 */
export function coalesceReads<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  type Turn = PromiseWithResolvers<T>
  /** The turn after the running read; null while nobody waits for one. */
  const next = new Map<string, Turn | null>()

  async function run(key: string, first: Turn): Promise<void> {
    for (let turn: Turn | null = first; turn; turn = next.get(key) ?? null) {
      next.set(key, null)
      try {
        turn.resolve(await read(key))
      } catch (error) {
        turn.reject(error)
      }
    }
    next.delete(key)
  }

  return (key) => {
    const waiting = next.get(key)
    if (waiting) return waiting.promise
    const turn = Promise.withResolvers<T>()
    if (waiting === null) next.set(key, turn)
    else void run(key, turn)
    return turn.promise
  }
}
