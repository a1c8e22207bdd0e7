import { and, eq, ne, sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import {
  type NOTICE_KINDS,
  type NOTICE_PROBLEMS,
  type NOTICE_STATES,
  noticeStarts,
  notices,
} from '../schema/notices.ts'
import type { DrawWinnerKey } from './draw-winners.ts'

export type NoticeKind = (typeof NOTICE_KINDS)[number]
/** What goes to a phone. */
export type PhoneNoticeKind = Exclude<NoticeKind, 'draw-summary'>
export type WinnerNoticeKind = Exclude<PhoneNoticeKind, 'application-number'>
export type NoticeState = (typeof NOTICE_STATES)[number]
export type NoticeProblem = (typeof NOTICE_PROBLEMS)[number]
export type NoticeStart = typeof noticeStarts.$inferSelect

/**
 * Queues a notice for the current winners of an event whose data is stored, all of them or these: at most one per
 * winner and kind. Returns how many it queued.
 */
export async function queueWinnerNotices(
  executor: Executor,
  args: {
    eventId: string
    kind: WinnerNoticeKind
    locale: 'ko' | 'en'
    /** Waits at least until then. */
    dueAt: Date
    participantIds?: readonly string[]
  },
): Promise<number> {
  const { eventId, kind, locale, dueAt, participantIds } = args
  const only = participantIds
    ? sql`and w.participant_id = any(${arrayLiteral(participantIds)}::uuid[])`
    : sql``
  const rows = await executor.execute(sql`
    insert into notices (id, event_id, draw_log_id, draw_rank, participant_id, kind, locale, due_at)
    select gen_random_uuid(), w.event_id, w.draw_log_id, w.draw_rank, w.participant_id, ${kind}, ${locale},
      ${dueAt.toISOString()}::timestamptz
    from draw_winners w
    join participants p on p.event_id = w.event_id and p.id = w.participant_id and p.phone_number is not null
    where w.event_id = ${eventId} and w.standing = 'selected' ${only}
    on conflict (draw_log_id, draw_rank, kind) do nothing
    returning 1 as queued`)
  return rows.length
}

/** Queues the summary of a draw for each owner of the event's shop: at most one per owner and draw. */
export async function queueSummaries(
  executor: Executor,
  { eventId, drawLogId }: { eventId: string; drawLogId: string },
): Promise<void> {
  await executor.execute(sql`
    insert into notices (id, event_id, draw_log_id, user_id, kind, locale)
    select gen_random_uuid(), e.id, ${drawLogId}, m.user_id, 'draw-summary', 'ko'
    from events e join shop_members m on m.shop_id = e.shop_id and m.role = 'owner'
    where e.id = ${eventId}
    on conflict (draw_log_id, user_id, kind) do nothing`)
}

/** Cancels what waits for winners of an event who hold no slot any more. */
export async function cancelNoticesOfWithdrawn(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<void> {
  await executor.execute(sql`
    update notices n set state = 'cancelled', problem = null, changed_at = now()
    from draw_winners w
    where n.event_id = ${eventId} and n.state = 'waiting'
      and w.draw_log_id = n.draw_log_id and w.draw_rank = n.draw_rank and w.standing <> 'selected'`)
}

/**
 * Queues failed and unknown notices of an event again, all of them or this one, of those who still hold their slot
 * and whose data is stored. An application number is sent at its entrant's request only. Returns how many.
 */
export async function requeueNotices(
  executor: Executor,
  { eventId, noticeId }: { eventId: string; noticeId?: string },
): Promise<number> {
  const rows = await executor.execute(sql`
    update notices n set state = 'waiting', problem = null, due_at = now(), changed_at = now(),
      provider_message_id = null, report_due_at = null
    where n.event_id = ${eventId} and n.state in ('failed', 'unknown') and n.kind <> 'application-number'
      ${noticeId === undefined ? sql`` : sql`and n.id = ${noticeId}`}
      and (n.draw_rank is null or exists (
        select from draw_winners w
        join participants p on p.event_id = w.event_id and p.id = w.participant_id
        where w.draw_log_id = n.draw_log_id and w.draw_rank = n.draw_rank and w.standing = 'selected'
          and p.phone_number is not null))
    returning 1 as requeued`)
  return rows.length
}

/**
 * Queues the notice of having won again, whatever became of it: its winner has a new link. A winner without one gets
 * none. Returns false where the notice is being sent, and changes nothing then.
 */
export async function requeueWonNotice(
  executor: Executor,
  { drawLogId, drawRank }: DrawWinnerKey,
  { dueAt }: { dueAt: Date },
): Promise<boolean> {
  const ofWinner = and(
    eq(notices.drawLogId, drawLogId),
    eq(notices.drawRank, drawRank),
    eq(notices.kind, 'won'),
  )
  // Waits for a process that is moving it to `sending`.
  const [row] = await executor.select({ state: notices.state }).from(notices).where(ofWinner).for('update')
  if (row?.state === 'sending') return false
  await executor
    .update(notices)
    .set({
      state: 'waiting',
      problem: null,
      dueAt,
      changedAt: sql`now()`,
      providerMessageId: null,
      reportDueAt: null,
    })
    .where(ofWinner)
  return true
}

/** A notice as its shop sees it. */
export interface NoticeRow {
  id: string
  kind: Exclude<NoticeKind, 'application-number'>
  state: NoticeState
  problem: NoticeProblem | null
  dueAt: Date
  changedAt: Date
  /** Null for an owner's summary. */
  participantId: string | null
}

/** The notices of an event's winners and owners, oldest first. */
export async function listNotices(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<NoticeRow[]> {
  const rows = await executor
    .select({
      id: notices.id,
      kind: notices.kind,
      state: notices.state,
      problem: notices.problem,
      dueAt: notices.dueAt,
      changedAt: notices.changedAt,
      participantId: notices.participantId,
    })
    .from(notices)
    .where(and(eq(notices.eventId, eventId), ne(notices.kind, 'application-number')))
    .orderBy(notices.createdAt, notices.id)
  return rows.flatMap(({ kind, ...row }) => (kind === 'application-number' ? [] : [{ ...row, kind }]))
}

/** The notices to an entrant of an event, oldest first. */
export async function listOwnNotices(
  executor: Executor,
  { eventId, participantId }: { eventId: string; participantId: string },
): Promise<{ kind: PhoneNoticeKind; state: NoticeState; changedAt: Date }[]> {
  const rows = await executor
    .select({ kind: notices.kind, state: notices.state, changedAt: notices.changedAt })
    .from(notices)
    .where(and(eq(notices.eventId, eventId), eq(notices.participantId, participantId)))
    .orderBy(notices.createdAt, notices.id)
  return rows.flatMap(({ kind, ...row }) => (kind === 'draw-summary' ? [] : [{ ...row, kind }]))
}

/** Who sent an event's first notices, and in which language; undefined before. */
export async function findNoticeStart(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<NoticeStart | undefined> {
  const [row] = await executor.select().from(noticeStarts).where(eq(noticeStarts.eventId, eventId))
  return row
}

/** Stores who sent an event's first notices; a second call changes nothing. */
export async function insertNoticeStart(
  executor: Executor,
  start: { eventId: string; startedBy: string; locale: 'ko' | 'en' },
): Promise<void> {
  await executor.insert(noticeStarts).values(start).onConflictDoNothing()
}

/** Whether a winner's data is stored who gets a notice at the next press: how many there are. */
export const countUnnotifiedWinners = async (
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<number> => {
  const [row] = await executor.execute<{ count: number }>(sql`
    select count(*)::int as count from draw_winners w
    join participants p on p.event_id = w.event_id and p.id = w.participant_id and p.phone_number is not null
    where w.event_id = ${eventId} and w.standing = 'selected' and not exists (
      select from notices n
      where n.draw_log_id = w.draw_log_id and n.draw_rank = w.draw_rank and n.kind = 'won')`)
  return row?.count ?? 0
}

/** How many notices of the installation are in each state that an operator should know of: of those that wait, the due. */
export async function countNotices(
  executor: Executor,
): Promise<Record<'waiting' | 'unknown' | 'failed', number>> {
  const rows = await executor
    .select({ state: notices.state, count: sql<number>`count(*)::int` })
    .from(notices)
    .where(
      sql`${notices.state} in ('unknown', 'failed') or (${notices.state} = 'waiting' and ${notices.dueAt} <= now())`,
    )
    .groupBy(notices.state)
  const counts = new Map(rows.map(({ state, count }) => [state, count]))
  return {
    waiting: counts.get('waiting') ?? 0,
    unknown: counts.get('unknown') ?? 0,
    failed: counts.get('failed') ?? 0,
  }
}
