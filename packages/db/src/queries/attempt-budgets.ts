import { sql } from 'drizzle-orm'
import { byteaArrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'

export interface AttemptLimits {
  /** Attempts without a wait. */
  free: number
  /** Wait after the last free attempt; doubled with each further one. */
  firstWaitMs: number
  /** How long a row counts, from its first attempt. */
  periodMs: number
}

/** A taken attempt: the key, and how many of its attempts are used now. */
export interface TakenAttempt {
  key: Uint8Array
  used: number
}

/** The longest wait is far beyond any period; a larger exponent would overflow the interval. */
const MAX_DOUBLINGS = 20

/** Now, never rounded up to the column's next millisecond: an attempt without a wait is available at once. */
const NOW = sql`date_trunc('milliseconds', now())`

/**
 * Takes one attempt from each budget that has one left, in one statement and in the order of the keys, so
 * that concurrent requests neither pass together nor deadlock. A budget without any is missing from the
 * result.
 */
export async function takeAttempts(
  executor: Executor,
  { keys, limits }: { keys: readonly Uint8Array[]; limits: AttemptLimits },
): Promise<TakenAttempt[]> {
  const { free, firstWaitMs, periodMs } = limits
  const used = sql`case when b.expires_at <= now() then 1 else b.used + 1 end`
  const waitMs = sql`case when ${used} < ${free}::int then 0
    else ${firstWaitMs}::float8 * power(2, least(${used} - ${free}::int, ${MAX_DOUBLINGS}::int)) end`
  const rows = await executor.execute<{ key: Buffer; used: number }>(sql`
    insert into attempt_budgets as b (key, used, available_at, expires_at)
    select key, 1, ${NOW} + case when ${free}::int > 1 then 0 else ${firstWaitMs}::float8 end * interval '1 ms',
      now() + ${periodMs}::float8 * interval '1 ms'
    from unnest(${byteaArrayLiteral(keys)}::bytea[]) key
    order by key
    on conflict (key) do update set
      used = ${used},
      available_at = ${NOW} + (${waitMs}) * interval '1 ms',
      expires_at = case when b.expires_at <= now() then excluded.expires_at else b.expires_at end
    where b.expires_at <= now() or b.available_at <= now()
    returning key, used`)
  return rows.map((row) => ({ key: row.key, used: row.used }))
}

/**
 * Gives attempts back. The wait that an attempt began ends with it, unless another attempt has been taken
 * since.
 */
export async function returnAttempts(executor: Executor, taken: readonly TakenAttempt[]): Promise<void> {
  await executor.execute(sql`
    with held as (
      select b.key, t.used
      from unnest(${byteaArrayLiteral(taken.map(({ key }) => key))}::bytea[],
        ${`{${taken.map(({ used }) => used).join(',')}}`}::int[]) t(key, used)
      join attempt_budgets b on b.key = t.key
      order by b.key
      for update of b
    )
    update attempt_budgets b
    set used = b.used - 1, available_at = case when b.used = held.used then ${NOW} else b.available_at end
    from held where b.key = held.key and b.used > 0`)
}

/** Deletes budgets that no longer count. Returns how many. */
export async function deleteExpiredBudgets(executor: Executor): Promise<number> {
  const result = await executor.execute(sql`delete from attempt_budgets where expires_at <= now()`)
  return result.count
}
