import type { Schedule } from '../context.ts'
import type { KeyRing } from '../crypto/key-ring.ts'
import { openPhone } from '../crypto/open-personal-envelopes.ts'
import { displayPhone } from '../validation/phone.ts'
import type { SealedPerson } from './read-people.ts'
import { type RecordedAccess, wasRecorded } from './record-access.ts'

/**
 * The whole number that a notice is sent to, in the Korean way; null once personal data was destroyed.
 * @throws {Error} for an access that is not in the log, and as `openEnvelope` does
 */
export function showReceiver(
  keys: KeyRing,
  access: RecordedAccess<Schedule>,
  subject: Omit<SealedPerson, 'name'>,
): string | null {
  if (!wasRecorded(access) || access.action !== 'send-notices')
    throw new Error('a notice is sent without a line in the access log')
  const { phoneNumber } = subject
  return phoneNumber && displayPhone(openPhone(keys, subject, phoneNumber).e164)
}
