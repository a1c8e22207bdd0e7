import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'

/** That an owner looked through a shop's access log in a month of Seoul's calendar. */
export interface AccessReview {
  /** Such as `2026-12`. */
  month: string
  reviewedAt: Date
  /** The owner's name; null where the account was deleted. */
  reviewedBy: string | null
}

const thisMonth = sql`date_trunc('month', now() at time zone 'Asia/Seoul')`

/** Stores that a user looked through the log this month; the first of a month stands. */
export async function insertAccessReview(
  executor: Executor,
  { shopId, userId }: { shopId: string; userId: string },
): Promise<void> {
  await executor.execute(sql`
    insert into access_log_reviews (shop_id, month, reviewed_by)
    values (${shopId}::uuid, ${thisMonth}::date, ${userId}::uuid)
    on conflict (shop_id, month) do nothing`)
}

/** The reviews of a shop, newest first, at most 24. */
export async function listAccessReviews(
  executor: Executor,
  { shopId }: { shopId: string },
): Promise<AccessReview[]> {
  const rows = await executor.execute<Omit<AccessReview, 'reviewedAt'> & { reviewedAt: string }>(sql`
    select to_char(r.month, 'YYYY-MM') as month, r.reviewed_at as "reviewedAt", u.name as "reviewedBy"
    from access_log_reviews r left join users u on u.id = r.reviewed_by
    where r.shop_id = ${shopId}::uuid order by r.month desc limit 24`)
  return rows.map((row) => ({ ...row, reviewedAt: new Date(row.reviewedAt) }))
}

/** The current month of Seoul's calendar, and whether a look through the log is due in it. */
export interface ReviewState {
  /** Such as `2026-12`. */
  month: string
  /** Whether the shop has lines of before this month, and nobody looked since the month before began. */
  due: boolean
}

export async function readReviewState(
  executor: Executor,
  { shopId }: { shopId: string },
): Promise<ReviewState> {
  const [row] = await executor.execute<{ month: string; due: boolean }>(sql`
    select to_char(${thisMonth}, 'YYYY-MM') as month,
      exists (select from access_log where shop_id = ${shopId}::uuid
        and at < ${thisMonth} at time zone 'Asia/Seoul')
      and not exists (select from access_log_reviews where shop_id = ${shopId}::uuid
        and month >= (${thisMonth} - interval '1 month')::date) as due`)
  if (!row) throw new Error('The statement returned no month')
  return row
}
