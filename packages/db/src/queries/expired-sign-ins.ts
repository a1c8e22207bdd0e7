import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { authRateLimits, sessions, shopInvitations, verifications } from '../schema/auth.ts'

/** Longer than any window of the sign-in limits. */
const RATE_LIMIT_ROW_LIFETIME = sql`interval '1 hour'`

/**
 * Deletes what sign-in no longer needs, and what names people: sessions (address, browser), verifications and
 * invitations (e-mail address) that have expired, and counts of attempts by client address. Returns how many rows.
 */
export async function deleteExpiredSignIns(executor: Executor): Promise<number> {
  const [row] = await executor.execute<{ count: number }>(sql`
    with
      ended as (delete from ${sessions} where expires_at <= now() returning 1),
      verified as (delete from ${verifications} where expires_at <= now() returning 1),
      invited as (delete from ${shopInvitations} where expires_at <= now() returning 1),
      counted as (
        delete from ${authRateLimits}
        where last_request < extract(epoch from now() - ${RATE_LIMIT_ROW_LIFETIME}) * 1000 returning 1
      )
    select (select count(*) from ended) + (select count(*) from verified) + (select count(*) from invited)
      + (select count(*) from counted) as count`)
  return Number(row?.count ?? 0)
}
