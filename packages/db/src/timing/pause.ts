import { setTimeout as delay } from 'node:timers/promises'

/** Resolves after `ms`, or as soon as `signal` is aborted. Never rejects: the caller checks its signal. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, signal && { signal })
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}
