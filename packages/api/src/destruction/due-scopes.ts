import type { Executor } from '@eungmo/db/connection/client'
import { listPromises } from '@eungmo/db/queries/consent-texts'
import type { DestructionScope } from '@eungmo/db/queries/destroy-participants'
import type { EventToDestroy } from '@eungmo/db/queries/destructions'
import {
  destroyedAt,
  type PromisedText,
  participantDeadlines,
  type Standing,
} from '../deadlines/deadlines.ts'

/** Participants of an event whose period is over, and why. */
export interface DueScope {
  reason: 'not-won' | 'won' | 'cancelled' | 'requested'
  scope: DestructionScope
}

type Dated = Pick<
  EventToDestroy,
  'announcementDate' | 'claimDays' | 'cancelledAt' | 'consentVersion' | 'destructionRequestedAt'
>

/** Whose period is over at `now`: by standing, and by the text that each participant agreed to. */
function dueScopes(event: Dated, texts: readonly PromisedText[], now: Date): DueScope[] {
  if (event.destructionRequestedAt && event.destructionRequestedAt <= now)
    return [{ reason: 'requested', scope: {} }]
  const versions = Array.from({ length: event.consentVersion ?? 0 }, (_, at) => at + 1)
  const due = (standing: Standing) =>
    versions.filter(
      (version) => destroyedAt(participantDeadlines({ ...event, texts }, version), standing) <= now,
    )
  const scopes: DueScope[] = event.cancelledAt
    ? [{ reason: 'cancelled', scope: { versions: due('other') } }]
    : [
        { reason: 'not-won', scope: { standing: 'others', versions: due('other') } },
        { reason: 'won', scope: { standing: 'winners', versions: due('selected') } },
      ]
  return scopes.filter(({ scope }) => scope.versions?.length)
}

/** Whose period is over at `now`, by the texts as stored. */
export const readDueScopes = async (db: Executor, event: EventToDestroy, now: Date): Promise<DueScope[]> =>
  dueScopes(event, await listPromises(db, { eventId: event.id }), now)
