import { createHmac, timingSafeEqual } from 'node:crypto'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'
import { invalidField } from '../errors/domain-error.ts'

/** Long enough to read one's data and to decide; short enough for a phone that somebody else uses next. */
const PROOF_MAX_AGE_MS = 15 * 60 * 1_000

const macOf = (key: SecretKey, eventId: string, text: string): Buffer =>
  createHmac('sha256', key.derive('link')).update(`own-entry\0${eventId}\0${text}`).digest()

/**
 * A text that says, for a quarter of an hour, that its holder has proved to be this participant. It holds no personal data
 * and nothing of it is stored, so that a second press still finds its entry after a withdrawal.
 */
export function createEntryProof(
  keys: KeyRing,
  { eventId, participantId, now }: { eventId: string; participantId: string; now: Date },
): string {
  const text = `${participantId}.${now.getTime() + PROOF_MAX_AGE_MS}`
  return `${text}.${macOf(keys.newest, eventId, text).toString('base64url')}`
}

/**
 * The participant of a proof. Throws VALIDATION_FAILED for an expired one, and for one that is not of this event or
 * not ours.
 */
export function readEntryProof(
  keys: KeyRing,
  { eventId, proof, now }: { eventId: string; proof: string; now: Date },
): string {
  const [id = '', until = '', mac = ''] = proof.split('.')
  const actual = Buffer.from(mac, 'base64url')
  const isOurs = keys.all.some((key) => {
    const expected = macOf(key, eventId, `${id}.${until}`)
    return actual.length === expected.length && timingSafeEqual(actual, expected)
  })
  if (!isOurs || now.getTime() >= Number(until)) throw invalidField('proof', 'proof.expired')
  return id
}
