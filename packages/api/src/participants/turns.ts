/** Runs work one piece at a time, in the order of the calls. */
export type TakeTurn = <T>(work: () => Promise<T>) => Promise<T>

/** Turns that are free at first. A piece of work that rejects ends its turn as well. */
export function createTurns(): TakeTurn {
  let before: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = before.then(work)
    before = Promise.allSettled([result])
    return result
  }
}
