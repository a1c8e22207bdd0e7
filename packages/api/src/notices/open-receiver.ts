import type { Schedule } from '../context.ts'
import { showReceiver } from '../personal-data/notice-receivers.ts'
import type { RecordedAccess } from '../personal-data/record-access.ts'
import type { SenderDependencies } from './notice-channel.ts'

/** The whole number that a notice is sent to; null where it does not open, or was destroyed. */
export function openReceiver(
  { secrets, log }: Pick<SenderDependencies, 'secrets' | 'log'>,
  access: RecordedAccess<Schedule>,
  { phoneNumber, participantId }: { phoneNumber: Uint8Array | null; participantId: string },
): string | null {
  const subject = { eventId: access.eventId ?? '', participantId, phoneNumber }
  try {
    return showReceiver(secrets, access, subject)
  } catch (error) {
    log.warn({ part: 'notices', err: error, participantId }, 'a phone number does not open')
    return null
  }
}
