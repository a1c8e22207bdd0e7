const MIN_PAUSE_MS = 5_000
const MAX_PAUSE_MS = 5 * 60_000

/**
 * How often a way out is tried: after a failed call not again for 5 s, doubled with each failure in a row up to
 * 5 minutes, and then with one message, so that a provider that fails costs one message per attempt.
 */
export class ChannelBackoff {
  #failures = 0
  #resumeAt = 0

  isPaused(now: Date): boolean {
    return now.getTime() < this.#resumeAt
  }

  /** How many messages the next call may carry. */
  mostPerCall(max: number): number {
    return this.#failures > 0 ? 1 : max
  }

  succeeded(): void {
    this.#failures = 0
  }

  /** Notes a failed call, and returns when the next one may be. */
  failed(now: Date, retryAfterMs = 0): Date {
    const backoffMs = Math.min(MIN_PAUSE_MS * 2 ** this.#failures, MAX_PAUSE_MS)
    this.#failures += 1
    this.#resumeAt = now.getTime() + Math.max(backoffMs, retryAfterMs)
    return new Date(this.#resumeAt)
  }

  /** Notes that the provider limits the rate; it works, so the pause does not grow. Returns when it ends. */
  limited(now: Date, retryAfterMs: number): Date {
    this.#resumeAt = now.getTime() + retryAfterMs
    return new Date(this.#resumeAt)
  }
}
