import { pause } from './pause.ts'

export interface PeriodicTask {
  /** Resolves when the current run has ended; there is none afterwards. */
  stop(): Promise<void>
}

/** Runs `task` now and again `intervalMs` after each run has ended. An error is passed to `onError`. */
export function startPeriodicTask(
  task: () => Promise<void>,
  { intervalMs, onError }: { intervalMs: number; onError: (error: unknown) => void },
): PeriodicTask {
  const stopping = new AbortController()

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await task()
      } catch (error) {
        onError(error)
      }
      await pause(intervalMs, stopping.signal)
    }
  }

  const running = run()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
