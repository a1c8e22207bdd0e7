import { PARTITION_LOCK } from '../connection/advisory-locks.ts'
import type { Sql } from '../connection/client.ts'
import { RETENTION_YEARS } from '../schema/access-log.ts'
import type { PartitionChanges } from './processed-messages.ts'

/** So that an installation that stood still for a year can write when it starts. */
const MONTHS_AHEAD = 12
const LOCK_TIMEOUT = '1s'

/**
 * Creates the access log's monthly partitions up to a year ahead, and drops those whose retention of
 * two or three years was over before `now`. Safe to repeat and to run in many processes. Rejects when it waits for other statements
 * for longer than a second; nothing has changed then.
 */
export async function maintainAccessLogPartitions(sql: Sql, now: Date): Promise<PartitionChanges> {
  const instant = now.toISOString()
  return await sql.begin(async (tx) => {
    await tx.unsafe(`set local lock_timeout = '${LOCK_TIMEOUT}'`)
    await tx`select pg_advisory_xact_lock(${PARTITION_LOCK})`
    const created = await tx<{ name: string }[]>`
      select name from (
        select 'access_log_' || years || '_years_' || to_char(month at time zone 'UTC', 'YYYYMM') as name,
          create_access_log_partition(years, month) as created
        from unnest(${[...RETENTION_YEARS]}::int[]) years, (
          select ${instant}::timestamptz + make_interval(months => ahead) as month
          from generate_series(0, ${MONTHS_AHEAD}::int) ahead
        ) months
      ) partitions where created order by name`
    const expired = await tx<{ name: string }[]>`
      select c.relname as name
      from unnest(${[...RETENTION_YEARS]}::int[]) years
      cross join lateral (select 'access_log_' || years || '_years' as parent) retention
      join pg_inherits i on i.inhparent = parent::regclass
      join pg_class c on c.oid = i.inhrelid
      where c.relname < parent || '_' || to_char(
        ${instant}::timestamptz at time zone 'UTC' - make_interval(years => years), 'YYYYMM')
      order by name`
    for (const { name } of expired) await tx`drop table ${tx(name)}`
    return { created: created.map(({ name }) => name), dropped: expired.map(({ name }) => name) }
  })
}
