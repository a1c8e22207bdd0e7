import { setImmediate } from 'node:timers/promises'

const SLICE_MS = 1
/** How long others may use the process between two slices, while they have work. */
const OTHERS_MS = 3
/** A turn of the event loop that takes longer had other work to do. */
const IDLE_TURN_MS = 0.1

/**
 * Divides a long computation, so that a process that serves requests meanwhile serves them first: after a slice of
 * 1 ms everything else runs, for 3 ms or until nothing else waits. The computation
 * has the whole thread while the process is idle, and a quarter of it at most while it is not.
 * @example
 * const slices = new TimeSlices()
 * for (const row of rows) {
 *   if (slices.isOver()) await slices.next()
 *   compute(row)
 * }
 */
export class TimeSlices {
  #began = performance.now()

  /** Whether the slice has lasted long enough. */
  isOver(): boolean {
    return performance.now() - this.#began >= SLICE_MS
  }

  /** Resolves when the next slice begins. */
  async next(): Promise<void> {
    const ended = performance.now()
    const until = ended + OTHERS_MS
    for (let at = ended, turnMs = Number.POSITIVE_INFINITY; turnMs > IDLE_TURN_MS && at < until; ) {
      await setImmediate()
      const now = performance.now()
      turnMs = now - at
      at = now
    }
    this.#began = performance.now()
  }
}
