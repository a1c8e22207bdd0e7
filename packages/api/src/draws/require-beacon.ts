import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { isBeaconReachable } from './beacon-relays.ts'

/** Throws UNAVAILABLE unless the public beacon is reachable. Called before a lock, which cannot be undone. */
export async function requireBeacon(
  { drandRelays, beaconChain }: Pick<Dependencies, 'drandRelays' | 'beaconChain'>,
  now: Date,
): Promise<void> {
  if (await isBeaconReachable(now, { relays: drandRelays, chain: beaconChain })) return
  throw new DomainError('UNAVAILABLE', { retryAfter: 30, reason: 'beacon-unreachable' })
}
