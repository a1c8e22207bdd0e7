import type { Executor } from '@eungmo/db/connection/client'
import type { DrawWinnerKey } from '@eungmo/db/queries/draw-winners'
import {
  cancelNoticesOfWithdrawn,
  findNoticeStart,
  queueSummaries,
  queueWinnerNotices,
  requeueWonNotice,
} from '@eungmo/db/queries/notices'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import type { Locale } from '../locale.ts'

/**
 * What changes in draws and claims cause. Each is called in the transaction of the change, so that a notice is queued
 * if and only if the change happened.
 */

type QueueDependencies = Pick<Dependencies, 'notifier'>

interface NotifiedEvent {
  id: string
  announcementDate: Date
}

/** When a notice of having won may leave: not before the announcement. */
export const dueOf = ({ announcementDate }: NotifiedEvent, now: Date): Date =>
  now < announcementDate ? announcementDate : now

/**
 * After slots have changed hands: cancels what waits for those who lost theirs, and tells alternates who moved up, once
 * the owner has sent the event's first notices.
 */
export async function queueSlotChanges(
  tx: Executor,
  { notifier }: QueueDependencies,
  event: NotifiedEvent,
  { promoted, now }: { promoted: readonly string[]; now: Date },
): Promise<void> {
  await cancelNoticesOfWithdrawn(tx, { eventId: event.id })
  if (promoted.length === 0 || !notifier.phone) return
  const start = await findNoticeStart(tx, { eventId: event.id })
  if (!start) return
  const dueAt = dueOf(event, now)
  await queueWinnerNotices(tx, {
    eventId: event.id,
    kind: 'won',
    locale: start.locale,
    dueAt,
    participantIds: promoted,
  })
}

/** Queues `won` for every current winner who has none. Returns how many it queued. */
export const queueWon = (
  tx: Executor,
  event: NotifiedEvent,
  { locale, now }: { locale: Locale; now: Date },
): Promise<number> =>
  queueWinnerNotices(tx, { eventId: event.id, kind: 'won', locale, dueAt: dueOf(event, now) })

/**
 * When a winner gets a new link: queues `won` for this winner, also where it was sent before. Throws CONFLICT
 * (notice-being-sent) where the one with the link before is under way, which would make two messages.
 */
export async function queueWonAgain(
  tx: Executor,
  event: NotifiedEvent,
  {
    participantId,
    locale,
    now,
    ...winner
  }: DrawWinnerKey & { participantId: string; locale: Locale; now: Date },
): Promise<void> {
  const dueAt = dueOf(event, now)
  if (!(await requeueWonNotice(tx, winner, { dueAt })))
    throw new DomainError('CONFLICT', { reason: 'notice-being-sent' })
  // A winner whom no press has notified yet has none.
  await queueWinnerNotices(tx, {
    eventId: event.id,
    kind: 'won',
    locale,
    dueAt,
    participantIds: [participantId],
  })
}

/** When a winner has confirmed on the claim page: once, also when they change it later. */
export async function queueClaimReceived(
  tx: Executor,
  { notifier }: QueueDependencies,
  {
    eventId,
    participantId,
    locale,
    now,
  }: { eventId: string; participantId: string; locale: Locale; now: Date },
): Promise<void> {
  if (!notifier.phone) return
  await queueWinnerNotices(tx, {
    eventId,
    kind: 'claim-received',
    locale,
    dueAt: now,
    participantIds: [participantId],
  })
}

/** When a draw has a result: a summary for each owner of the shop. */
export async function queueDrawSummary(
  tx: Executor,
  { notifier }: QueueDependencies,
  draw: { eventId: string; drawLogId: string },
): Promise<void> {
  if (notifier.mail) await queueSummaries(tx, draw)
}
