/** A wait that another part of the program can end early. */
export interface Waker {
  /** Ends the current wait, or the next one if none is running. */
  wake(): void
  /** Resolves after `ms`, or at once when `wake` was called since the last wait. */
  wait(ms: number): Promise<void>
}

export function createWaker(): Waker {
  let woken = false
  let finish: (() => void) | null = null
  return {
    wake() {
      woken = true
      finish?.()
    },
    async wait(ms) {
      if (!woken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          finish = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        finish = null
      }
      woken = false
    },
  }
}
