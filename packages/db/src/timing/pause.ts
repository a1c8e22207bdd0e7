import { setTimeout as timer } from 'node:timers/promises'

/** Waits `ms`, or until the signal is aborted, whichever comes first; never rejects. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await timer(ms, undefined, signal && { signal })
  } catch {
    // Aborted: the caller looks at its signal.
  }
}
