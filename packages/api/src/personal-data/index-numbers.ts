import type { Actor, Schedule } from '../context.ts'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'
import { phoneIndex } from '../crypto/keyed-hashes.ts'
import { openPhone } from '../crypto/open-personal-envelopes.ts'
import type { DataSubject } from '../crypto/personal-envelopes.ts'
import { type RecordedAccess, wasRecorded } from './record-access.ts'

/** Whose numbers are compared, and with the entries of which event. */
interface Comparison {
  /** Lines of the access log by event, one for each event of the subjects. */
  accesses: ReadonlyMap<string, RecordedAccess<Actor | Schedule>>
  subjects: readonly (DataSubject & { phoneNumber: Uint8Array })[]
  /** The event with which the numbers are compared, and the key of its indexes. */
  eventId: string
  key: SecretKey
}

/**
 * The phone numbers of other events' participants as an event indexes them: what finds the same numbers among its
 * entries. No number leaves this function. An envelope that does not open, such as one under a retired key, is
 * left out and returned as an error.
 * @throws {Error} for an access that is not in the log
 */
export function indexNumbers(
  keys: KeyRing,
  { accesses, subjects, eventId, key }: Comparison,
): { phoneIndexes: Buffer[]; errors: unknown[] } {
  const phoneIndexes: Buffer[] = []
  const errors: unknown[] = []
  for (const subject of subjects) {
    const access = accesses.get(subject.eventId)
    if (!access || !wasRecorded(access) || access.eventId !== subject.eventId)
      throw new Error('phone numbers are compared without a line in the access log')
    try {
      phoneIndexes.push(phoneIndex(key, eventId, openPhone(keys, subject, subject.phoneNumber).e164))
    } catch (error) {
      errors.push(error)
    }
  }
  return { phoneIndexes, errors }
}
