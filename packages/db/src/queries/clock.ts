import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'

/** The database's clock, to the millisecond: the one truth for every deadline. */
export async function readClock(executor: Executor): Promise<Date> {
  const [row] = await executor.execute<{ now: string }>(
    sql`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
  )
  if (!row) throw new Error('The database returned no time')
  return new Date(row.now)
}
