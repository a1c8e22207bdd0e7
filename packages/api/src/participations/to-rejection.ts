import type { NewParticipant, RegisteredRow } from '@eungmo/db/queries/register-participants'
import { STORE_CHANNEL } from '../channels/channel-defaults.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'

/** The domain error of an entry that the registration statement did not store. */
export function toRejection(
  row: NewParticipant,
  { verdict, startsAt, pauseReason }: RegisteredRow,
): DomainError {
  switch (verdict) {
    case 'unknown-event':
      return new DomainError('NOT_FOUND')
    case 'early':
      return new DomainError('EVENT_NOT_OPEN', startsAt ? { startsAt: startsAt.toISOString() } : {})
    case 'paused':
      return new DomainError('EVENT_PAUSED', pauseReason === null ? {} : { pauseReason })
    case 'late':
      return new DomainError('EVENT_CLOSED', { reason: 'ended' })
    case 'locked':
    case 'drawn':
    case 'cancelled':
      return new DomainError('EVENT_CLOSED', { reason: verdict })
    case 'unknown-path':
      if (row.entryPath === null)
        return invalidField(
          'entryPath',
          row.visitToken === null ? 'entry_path.required' : 'visit_token.invalid',
        )
      return invalidField(
        'entryPath',
        row.entryPath === STORE_CHANNEL.entryPath ? 'visit_token.required' : 'entry_path.unknown',
      )
    case 'consent-changed':
      return new DomainError('CONSENT_CHANGED')
    default:
      return new DomainError('ALREADY_PARTICIPATED')
  }
}
