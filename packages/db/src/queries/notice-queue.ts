import { type SQL, sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import type { NoticeKind, NoticeProblem, NoticeState } from './notices.ts'

/** Notices that are sent together: of one event, kind and language. */
export interface NoticeGroup {
  eventId: string
  kind: NoticeKind
  locale: 'ko' | 'en'
}

/** A notice that this process alone may send. */
export interface ClaimedNotice {
  id: string
  /** Counts this attempt. */
  attempts: number
  participantId: string | null
}

/** The condition of a row `n` that is for no winner, or whose winner still holds the slot. */
const isForHolder = sql`(n.draw_rank is null or exists (
  select from draw_winners w where w.draw_log_id = n.draw_log_id and w.draw_rank = n.draw_rank
    and w.standing = 'selected'))`

const isOneOf = (kinds: readonly NoticeKind[]): SQL => sql`n.kind = any(${arrayLiteral(kinds)}::text[])`

/** The group of the notice that has been due longest, outside paused events and shops; undefined without one. */
export async function findDueGroup(
  executor: Executor,
  { now, kinds }: { now: Date; kinds: readonly NoticeKind[] },
): Promise<NoticeGroup | undefined> {
  const [row] = await executor.execute<NoticeGroup & Record<string, unknown>>(sql`
    select n.event_id as "eventId", n.kind, n.locale
    from notices n join events e on e.id = n.event_id join shops s on s.id = e.shop_id
    where n.state = 'waiting' and n.due_at <= ${now.toISOString()}::timestamptz and ${isOneOf(kinds)}
      and ${isForHolder} and e.paused_at is null and s.paused_at is null
    order by n.due_at, n.id limit 1`)
  return row
}

/**
 * Moves due notices of a group to `sending`, the longest due first. What one call returns, no other call returns:
 * also not one of a second process.
 */
export async function claimNotices(
  executor: Executor,
  args: NoticeGroup & { now: Date; textVersion: number; limit: number },
): Promise<ClaimedNotice[]> {
  const { eventId, kind, locale, now, textVersion, limit } = args
  const rows = await executor.execute<ClaimedNotice & Record<string, unknown>>(sql`
    with due as materialized (
      select n.id from notices n
      where n.state = 'waiting' and n.due_at <= ${now.toISOString()}::timestamptz
        and n.event_id = ${eventId} and n.kind = ${kind} and n.locale = ${locale} and ${isForHolder}
      order by n.due_at, n.id limit ${limit} for update of n skip locked
    )
    update notices n set state = 'sending', problem = null, attempts = n.attempts + 1, changed_at = now(),
      text_version = ${textVersion}::smallint
    from due where n.id = due.id
    returning n.id, n.attempts, n.participant_id as "participantId"`)
  return [...rows]
}

/** What an attempt led to. */
export interface SettledNotice {
  id: string
  attempts: number
  state: Exclude<NoticeState, 'sending'>
  problem?: NoticeProblem
  providerMessageId?: string
  /** When a notice that waits is tried next. */
  dueAt?: Date
  /** When the provider is next queried whether it arrived. */
  reportDueAt?: Date
}

/**
 * Stores the outcome of attempts. A notice of an earlier attempt stays as it is, and one that would wait for
 * a winner without a slot is cancelled.
 */
export async function settleNotices(executor: Executor, settled: readonly SettledNotice[]): Promise<void> {
  const rows = settled.map(({ id, attempts, state, problem, providerMessageId, dueAt, reportDueAt }) => ({
    id,
    attempts,
    state,
    problem: problem ?? null,
    provider_message_id: providerMessageId ?? null,
    due_at: dueAt?.toISOString() ?? null,
    report_due_at: reportDueAt?.toISOString() ?? null,
  }))
  await executor.execute(sql`
    update notices n set
      state = case when r.state = 'waiting' and not ${isForHolder} then 'cancelled' else r.state end,
      problem = r.problem, provider_message_id = r.provider_message_id, due_at = coalesce(r.due_at, n.due_at),
      report_due_at = r.report_due_at, changed_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r(id uuid, attempts int, state text, problem text,
      provider_message_id text, due_at timestamptz, report_due_at timestamptz)
    where n.id = r.id and n.attempts = r.attempts and n.state in ('sending', 'unknown')`)
}

/**
 * Moves notices that have been `sending` since before a moment to `unknown`: their process ended before it could
 * store the outcome. Returns how many.
 */
export async function expireSending(executor: Executor, { before }: { before: Date }): Promise<number> {
  const rows = await executor.execute(sql`
    update notices set state = 'unknown', changed_at = now()
    where state = 'sending' and changed_at < ${before.toISOString()}::timestamptz returning 1 as expired`)
  return rows.length
}

/** What a notice to a winner names, and its receiver's number. */
export interface NoticeReceiver {
  participantId: string
  prize: string | null
  selectedAt: Date
  /** Whether the winner has confirmed on the claim page. */
  isClaimed: boolean
  /** Whether the winner has the prize. */
  isHandedOver: boolean
  /** Envelope; null once personal data was destroyed. */
  phoneNumber: Uint8Array | null
}

/** The current winners of an event among these participants. */
export async function listNoticeReceivers(
  executor: Executor,
  { eventId, participantIds }: { eventId: string; participantIds: readonly string[] },
): Promise<NoticeReceiver[]> {
  const rows = await executor.execute<{
    participantId: string
    prize: string | null
    selectedAt: string
    isClaimed: boolean
    isHandedOver: boolean
    phoneNumber: Uint8Array | null
  }>(sql`
    select w.participant_id as "participantId", w.prize, w.selected_at as "selectedAt",
      w.claimed_at is not null as "isClaimed", w.handed_over_at is not null as "isHandedOver",
      p.phone_number as "phoneNumber"
    from draw_winners w
    join participants p on p.event_id = w.event_id and p.id = w.participant_id
    where w.event_id = ${eventId} and w.standing = 'selected'
      and w.participant_id = any(${arrayLiteral(participantIds)}::uuid[])`)
  return rows.map((row) => ({ ...row, selectedAt: new Date(row.selectedAt) }))
}

/** Accepted notices whose report is due, the longest due first. */
export async function listDueReports(
  executor: Executor,
  { now, limit }: { now: Date; limit: number },
): Promise<{ id: string; attempts: number; providerMessageId: string; changedAt: Date }[]> {
  const rows = await executor.execute<{
    id: string
    attempts: number
    providerMessageId: string
    changedAt: string
  }>(sql`
    select id, attempts, provider_message_id as "providerMessageId", changed_at as "changedAt" from notices
    where report_due_at <= ${now.toISOString()}::timestamptz and provider_message_id is not null
    order by report_due_at limit ${limit}`)
  return rows.map((row) => ({ ...row, changedAt: new Date(row.changedAt) }))
}

/** What is known of an accepted notice by now. */
export interface StoredReport {
  id: string
  attempts: number
  /** Set where the phone network rejected it. */
  problem?: NoticeProblem
  /** When to query again; absent where nothing more is expected. */
  reportDueAt?: Date
}

/** Stores what became of accepted notices. */
export async function storeReports(executor: Executor, reports: readonly StoredReport[]): Promise<void> {
  const rows = reports.map(({ id, attempts, problem, reportDueAt }) => ({
    id,
    attempts,
    problem: problem ?? null,
    report_due_at: reportDueAt?.toISOString() ?? null,
  }))
  await executor.execute(sql`
    update notices n set report_due_at = r.report_due_at,
      state = case when r.problem is null then n.state else 'failed' end,
      problem = r.problem, changed_at = case when r.problem is null then n.changed_at else now() end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r(id uuid, attempts int, problem text,
      report_due_at timestamptz)
    where n.id = r.id and n.attempts = r.attempts and n.state = 'sent'`)
}
