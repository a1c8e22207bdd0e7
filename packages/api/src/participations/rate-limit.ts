import { DomainError } from '../errors/domain-error.ts'
import { clientNetwork } from './client-network.ts'

/** Limits how often a client may do something. */
export interface RateLimit {
  /**
   * Takes one from the allowance of the client with this address. Throws RATE_LIMITED with the seconds to wait when it is used up.
   */
  take(address: string): void
}

const SWEEP_INTERVAL_MS = 60_000
const MINUTE_MS = 60_000

export const noRateLimit: RateLimit = { take: () => undefined }

/**
 * A token bucket per client, an IPv6 client being a /64 network: `burst` at once, refilled at `perMinute`. Each replica counts for itself, which
 * is enough to stop a flood. Memory stays bounded, since full buckets are deleted.
 */
export function createRateLimit(
  { burst, perMinute }: { burst: number; perMinute: number },
  now: () => number = () => performance.now(),
): RateLimit {
  const perMs = perMinute / MINUTE_MS
  const buckets = new Map<string, { tokens: number; at: number }>()
  let sweepAt = now() + SWEEP_INTERVAL_MS

  const sweep = (at: number) => {
    for (const [client, bucket] of buckets)
      if (bucket.tokens + (at - bucket.at) * perMs >= burst) buckets.delete(client)
    sweepAt = at + SWEEP_INTERVAL_MS
  }

  return {
    take(address) {
      const client = clientNetwork(address)
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
