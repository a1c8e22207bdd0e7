/** How long a press can be undone before it is written. */
const UNDO_MS = 5_000
/** The second press of a double click does not undo the first. */
const DOUBLE_CLICK_MS = 500

/**
 * A press that takes effect after five seconds, in which a second one undoes it: undone means never written. It is
 * written at once when its page goes away before; call `flush` then.
 */
export class UndoablePress {
  readonly #write: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #since = $state<number>()

  constructor(write: () => void) {
    this.#write = write
  }

  /** Whether a press waits. */
  get isPending(): boolean {
    return this.#since !== undefined
  }

  /** @param timeStamp of the event that it comes from */
  press(timeStamp: number): void {
    if (this.#since === undefined) {
      this.#since = timeStamp
      this.#timer = setTimeout(this.flush, UNDO_MS)
    } else if (timeStamp - this.#since >= DOUBLE_CLICK_MS) this.clear()
  }

  /** Writes a press that waits; `clear` ends its display. */
  flush = (): void => {
    if (this.#since === undefined) return
    clearTimeout(this.#timer)
    this.#write()
  }

  /** Forgets a press that waits. */
  clear(): void {
    clearTimeout(this.#timer)
    this.#since = undefined
  }
}
