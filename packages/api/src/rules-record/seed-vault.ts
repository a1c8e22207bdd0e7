import { randomBytes } from 'node:crypto'
import { createSeedChain, type SeedChain } from '@eungmo/draw/records'
import { open, seal } from '../crypto/envelope.ts'
import type { KeyRing } from '../crypto/key-ring.ts'

/** A new event's seed chain: what is published of it, and its last secret, encrypted for the event's row. */
export function sealNewSeed(
  secrets: KeyRing,
  eventId: string,
): { commitment: string; ciphertext: Uint8Array } {
  const lastSecret = randomBytes(32)
  const { commitment } = createSeedChain(eventId, lastSecret)
  return { commitment, ciphertext: seal(secrets, 'seed', eventId, lastSecret) }
}

/** An event's seed chain; what it gives must never be logged, shown or used before the lock. */
export const openSeedChain = (secrets: KeyRing, eventId: string, ciphertext: Uint8Array): SeedChain =>
  createSeedChain(eventId, open(secrets, 'seed', eventId, ciphertext))
