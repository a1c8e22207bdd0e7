import { randomBytes } from 'node:crypto'
import { createSeedChain, type SeedChain } from '@eungmo/draw/records'
import { openEnvelope, sealEnvelope } from '../crypto/envelope.ts'
import type { KeyRing } from '../crypto/key-ring.ts'

/** A new event's seed chain: its public commitment, and its last secret, encrypted for the event's row. */
export function createEncryptedSeed(
  secrets: KeyRing,
  eventId: string,
): { commitment: string; ciphertext: Uint8Array } {
  const lastSecret = randomBytes(32)
  const { commitment } = createSeedChain(eventId, lastSecret)
  return { commitment, ciphertext: sealEnvelope(secrets, 'seed', eventId, lastSecret) }
}

/** An event's seed chain. Its secrets must never be logged, shown or used before the lock. */
export const decryptSeedChain = (secrets: KeyRing, eventId: string, ciphertext: Uint8Array): SeedChain =>
  createSeedChain(eventId, openEnvelope(secrets, 'seed', eventId, ciphertext))
