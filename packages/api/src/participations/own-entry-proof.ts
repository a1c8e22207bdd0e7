import { createHmac, timingSafeEqual } from 'node:crypto'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'
import { invalidField } from '../errors/domain-error.ts'
import { DAY_MS, MINUTE_MS } from '../seoul-time.ts'

/**
 * - `own-entry`: of who has shown what an entrant knows or has. Long enough to read one's data and to decide; short enough
 *   for a phone that another person uses next.
 * - `phone-holder`: of who reads the messages of the entry's phone, in the link of such a message.
 */
export type EntryProofKind = 'own-entry' | 'phone-holder'

const MAX_AGE_MS: Record<EntryProofKind, number> = { 'own-entry': 15 * MINUTE_MS, 'phone-holder': DAY_MS }

const macOf = (key: SecretKey, kind: EntryProofKind, eventId: string, text: string): Buffer =>
  createHmac('sha256', key.derive('link')).update(`${kind}\0${eventId}\0${text}`).digest()

/**
 * A text that says, for a quarter of an hour or a day, that its holder has proved to be this participant. It holds no personal
 * data and nothing of it is stored, so that a second press still finds its entry after a withdrawal. One kind is
 * invalid for the other.
 */
export function createEntryProof(
  keys: KeyRing,
  kind: EntryProofKind,
  { eventId, participantId, now }: { eventId: string; participantId: string; now: Date },
): string {
  const text = `${participantId}.${now.getTime() + MAX_AGE_MS[kind]}`
  return `${text}.${macOf(keys.newest, kind, eventId, text).toString('base64url')}`
}

/**
 * The participant of a proof. Throws VALIDATION_FAILED for an expired one, and for one that is not of this kind and event
 * or not ours.
 */
export function readEntryProof(
  keys: KeyRing,
  kind: EntryProofKind,
  { eventId, proof, now }: { eventId: string; proof: string; now: Date },
): string {
  const [id = '', until = '', mac = ''] = proof.split('.')
  const actual = Buffer.from(mac, 'base64url')
  const isOurs = keys.all.some((key) => {
    const expected = macOf(key, kind, eventId, `${id}.${until}`)
    return actual.length === expected.length && timingSafeEqual(actual, expected)
  })
  if (!isOurs || now.getTime() >= Number(until)) throw invalidField('proof', 'proof.expired')
  return id
}
