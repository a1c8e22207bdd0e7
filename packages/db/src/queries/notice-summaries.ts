import { eq, sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import { drawLogs, events, notices, shops, users } from '../schema/index.ts'

/** What the summary of a draw names; no entrant. */
export interface SummaryFacts {
  noticeId: string
  /** Of the owner who gets it. */
  email: string
  eventId: string
  title: string
  shopName: string
  attempt: number
  entryCount: number
  winnerCount: number
  alternateCount: number
}

/** The facts of summaries by the ids of their notices. */
export function listSummaryFacts(
  executor: Executor,
  { noticeIds }: { noticeIds: readonly string[] },
): Promise<SummaryFacts[]> {
  return executor
    .select({
      noticeId: notices.id,
      email: users.email,
      eventId: events.id,
      title: events.title,
      shopName: shops.name,
      attempt: drawLogs.attempt,
      entryCount: drawLogs.entryCount,
      winnerCount: drawLogs.winnerCount,
      alternateCount: drawLogs.alternateCount,
    })
    .from(notices)
    .innerJoin(users, eq(users.id, notices.userId))
    .innerJoin(drawLogs, eq(drawLogs.id, notices.drawLogId))
    .innerJoin(events, eq(events.id, notices.eventId))
    .innerJoin(shops, eq(shops.id, events.shopId))
    .where(sql`${notices.id} = any(${arrayLiteral(noticeIds)}::uuid[])`)
}
