export interface Waker {
  /** Ends the wait that runs, or the next one. */
  wake(): void
  /** Comes back after `ms`, or as soon as somebody woke it since the last wait. */
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
