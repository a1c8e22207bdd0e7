import { PARTITION_LOCK } from '../connection/advisory-locks.ts'
import type { Sql } from '../connection/client.ts'

const WEEK_MS = 7 * 24 * 60 * 60 * 1000
/**
 * Longer than a message can be redelivered: the topic's retention (7 days) and the time it waited in the
 * outbox before.
 */
export const PROCESSED_RETENTION_MS = 5 * WEEK_MS
const PARTITIONS_AHEAD_MS = 2 * WEEK_MS
const LOCK_TIMEOUT = '1s'
const table = 'analytics.processed_messages'

export interface PartitionChanges {
  created: string[]
  dropped: string[]
}

/** The smallest UUIDv7 of the millisecond `time`. */
export function firstIdAt(time: number): string {
  const hex = Math.max(0, Math.floor(time)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

/**
 * Creates the weekly partitions from five weeks ago to two weeks ahead, and drops those that ended more than
 * five weeks ago and are older than every row of the outbox. Safe to repeat and to run in many processes.
 * Rejects when it waits for counting statements for longer than a second; nothing has changed then.
 */
export async function maintainPartitions(sql: Sql, now: number): Promise<PartitionChanges> {
  return await sql.begin(async (tx) => {
    await tx.unsafe(`set local lock_timeout = '${LOCK_TIMEOUT}'`)
    await tx.unsafe(`select pg_advisory_xact_lock(${PARTITION_LOCK})`)
    const existing = await tx.unsafe<{ name: string }[]>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = '${table}'::regclass and c.relname <> 'processed_messages_default' order by 1`,
    )
    const names = new Set(existing.map((row) => row.name))
    const created: string[] = []
    for (
      let start = weekOf(now - PROCESSED_RETENTION_MS);
      start <= now + PARTITIONS_AHEAD_MS;
      start += WEEK_MS
    ) {
      const name = partitionName(start)
      if (names.has(name)) continue
      const [from, to] = [firstIdAt(start), firstIdAt(start + WEEK_MS)]
      // Not CREATE … PARTITION OF, which fails when the default partition holds ids of this week.
      await tx.unsafe(`create table analytics.${name} (like ${table} including all)`)
      await tx.unsafe(
        `with moved as (delete from ${table}_default where message_id >= '${from}' and message_id < '${to}' returning message_id)
         insert into analytics.${name} select message_id from moved`,
      )
      await tx.unsafe(
        `alter table ${table} attach partition analytics.${name} for values from ('${from}') to ('${to}')`,
      )
      created.push(name)
    }
    const [outbox] = await tx.unsafe<{ oldest: string | null }[]>(
      'select message_id as oldest from outbox order by message_id limit 1',
    )
    const oldest = outbox?.oldest ? timeOfId(outbox.oldest) : now
    const keepFrom = weekOf(Math.min(now - PROCESSED_RETENTION_MS, oldest))
    const dropped = [...names].filter((name) => partitionStart(name) < keepFrom)
    for (const name of dropped) await tx.unsafe(`drop table analytics.${name}`)
    return { created, dropped }
  })
}

function weekOf(time: number): number {
  return Math.floor(time / WEEK_MS) * WEEK_MS
}

function partitionName(start: number): string {
  return `processed_messages_${new Date(start).toISOString().slice(0, 10).replaceAll('-', '')}`
}

function partitionStart(name: string): number {
  const digits = name.slice(-8)
  return Date.parse(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}T00:00:00Z`)
}

function timeOfId(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
}
