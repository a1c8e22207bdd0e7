import { createHmac, timingSafeEqual } from 'node:crypto'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'
import { invalidField } from '../errors/domain-error.ts'

/** Long enough to look an address up; short enough for a phone that somebody else uses next. */
const PROOF_MAX_AGE_MS = 30 * 60 * 1_000

const macOf = (key: SecretKey, token: string, until: string): Buffer =>
  createHmac('sha256', key.derive('link')).update(`own-claim\0${token}\0${until}`).digest()

/**
 * A text that says, for half an hour, that its holder knew the last four digits for this claim link. Nothing of it is
 * stored, and it is worth nothing without the link.
 */
export function createClaimProof(keys: KeyRing, token: string, now: Date): string {
  const until = String(now.getTime() + PROOF_MAX_AGE_MS)
  return `${until}.${macOf(keys.newest, token, until).toString('base64url')}`
}

/** Throws VALIDATION_FAILED for a proof that has expired, is of another link, or is not ours. */
export function requireClaimProof(
  keys: KeyRing,
  { token, proof, now }: { token: string; proof: string; now: Date },
): void {
  const [until = '', mac = ''] = proof.split('.')
  const actual = Buffer.from(mac, 'base64url')
  const isOurs = keys.all.some((key) => {
    const expected = macOf(key, token, until)
    return actual.length === expected.length && timingSafeEqual(actual, expected)
  })
  if (!isOurs || now.getTime() >= Number(until)) throw invalidField('proof', 'proof.claim_expired')
}
