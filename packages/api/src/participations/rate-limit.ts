import { DomainError } from '../errors/domain-error.ts'

/** Counts what a client does and refuses the excess. */
export interface RateLimit {
  /** Takes one from the client's allowance; throws RATE_LIMITED with the seconds to wait when it is used up. */
  take(client: string): void
}

export const noRateLimit: RateLimit = { take: () => undefined }

/**
 * A token bucket a client: `burst` at once, refilled at `perMinute`. It lives in the process: with several replicas each allows
 * that much, which is enough to stop a flood. Memory stays bounded: full buckets are forgotten.
 */
export function createRateLimit(
  { burst, perMinute }: { burst: number; perMinute: number },
  now: () => number = () => performance.now(),
): RateLimit {
  const perMs = perMinute / 60_000
  const buckets = new Map<string, { tokens: number; at: number }>()
  let sweepAt = now() + 60_000

  const sweep = (at: number) => {
    for (const [client, bucket] of buckets)
      if (bucket.tokens + (at - bucket.at) * perMs >= burst) buckets.delete(client)
    sweepAt = at + 60_000
  }

  return {
    take(client) {
      const at = now()
      if (at >= sweepAt) sweep(at)
      const bucket = buckets.get(client) ?? { tokens: burst, at }
      bucket.tokens = Math.min(burst, bucket.tokens + (at - bucket.at) * perMs)
      bucket.at = at
      buckets.set(client, bucket)
      if (bucket.tokens < 1)
        throw new DomainError('RATE_LIMITED', { retryAfter: Math.ceil((1 - bucket.tokens) / perMs / 1000) })
      bucket.tokens -= 1
    },
  }
}
