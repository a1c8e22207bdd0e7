import { findNoticeStart, insertNoticeStart, requeueNotices } from '@eungmo/db/queries/notices'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireUnpaused } from '../draws/require-draw-state.ts'
import { DomainError } from '../errors/domain-error.ts'
import { lockOwnEvent } from '../events/require-own-event.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { queueWon } from './queue-notices.ts'
import type { RepeatNoticesInput, SendNoticesInput } from './schema.ts'

type SendDependencies = Pick<Dependencies, 'db' | 'notifier'>

function requirePhone({ notifier }: SendDependencies): void {
  if (!notifier.phone) throw new DomainError('CONFLICT', { reason: 'notices-not-sent' })
}

/**
 * Queues `won` for every current winner who has none: at the first press, and for those who moved up before it. A
 * second press queues nothing more. Returns how many it queued. Throws CONFLICT (notices-not-sent without a
 * provider, event-not-drawn), EVENT_PAUSED and NOT_FOUND.
 */
export async function sendNotices(
  dependencies: SendDependencies,
  viewer: Actor,
  { eventId, locale }: SendNoticesInput,
): Promise<{ queued: number }> {
  return dependencies.db.transaction(async (tx) => {
    const event = await lockOwnEvent(tx, viewer, eventId)
    requirePhone(dependencies)
    if (event.status !== 'drawn') throw new DomainError('CONFLICT', { reason: 'event-not-drawn' })
    requireUnpaused(event)
    await insertNoticeStart(tx, { eventId, startedBy: viewer.userId, locale })
    const start = await findNoticeStart(tx, { eventId })
    const queued = await queueWon(tx, event, { locale: start?.locale ?? locale, now: event.now })
    await recordAccess(tx, { actor: viewer, action: 'send-notices', eventId, people: queued })
    return { queued }
  })
}

/**
 * Queues failed and unknown notices again, since only a person may decide to send a second time. Returns how many.
 * Throws CONFLICT (notices-not-sent), EVENT_PAUSED and NOT_FOUND.
 */
export async function repeatNotices(
  dependencies: SendDependencies,
  viewer: Actor,
  { eventId, noticeId }: RepeatNoticesInput,
): Promise<{ queued: number }> {
  return dependencies.db.transaction(async (tx) => {
    const event = await lockOwnEvent(tx, viewer, eventId)
    // The summaries of an installation that sends mail alone are repeated too.
    if (!dependencies.notifier.mail) requirePhone(dependencies)
    requireUnpaused(event)
    const queued = await requeueNotices(tx, { eventId, ...(noticeId && { noticeId }) })
    await recordAccess(tx, { actor: viewer, action: 'send-notices', eventId, people: queued })
    return { queued }
  })
}
