import { partitionLock } from '../connection/advisory-locks.ts'
import type { Sql } from '../connection/client.ts'

const DAY = 24 * 60 * 60 * 1000
const WEEK = 7 * DAY
/** Later than the topic's retention (7 days) plus the oldest outbox row that anybody waited for. */
export const processedRetention = 5 * WEEK
const ahead = 2 * WEEK
const table = 'analytics.processed_messages'

export interface PartitionChanges {
  made: string[]
  dropped: string[]
}

/** The smallest UUIDv7 of the millisecond `time`. */
export function firstIdAt(time: number): string {
  const hex = Math.max(0, Math.floor(time)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

/**
 * Makes the weekly partitions from five weeks ago to two weeks ahead, and drops those that are over for five weeks and older
 * than everything in the outbox. Repeatable and safe from many processes. Throws when counting statements keep it waiting for
 * longer than a second; nothing has changed then.
 */
export async function maintainPartitions(sql: Sql, now: number): Promise<PartitionChanges> {
  return await sql.begin(async (tx) => {
    await tx.unsafe("set local lock_timeout = '1s'")
    await tx.unsafe(`select pg_advisory_xact_lock(${partitionLock})`)
    const existing = await tx.unsafe<{ name: string }[]>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = '${table}'::regclass and c.relname <> 'processed_messages_default' order by 1`,
    )
    const names = new Set(existing.map((row) => row.name))
    const made: string[] = []
    for (let start = weekOf(now - processedRetention); start <= now + ahead; start += WEEK) {
      const name = partitionName(start)
      if (names.has(name)) continue
      const [from, to] = [firstIdAt(start), firstIdAt(start + WEEK)]
      // By hand rather than CREATE … PARTITION OF: that fails when the default partition holds ids of this week.
      await tx.unsafe(`create table analytics.${name} (like ${table} including all)`)
      await tx.unsafe(
        `with moved as (delete from ${table}_default where message_id >= '${from}' and message_id < '${to}' returning message_id)
         insert into analytics.${name} select message_id from moved`,
      )
      await tx.unsafe(
        `alter table ${table} attach partition analytics.${name} for values from ('${from}') to ('${to}')`,
      )
      made.push(name)
    }
    const [outbox] = await tx.unsafe<{ oldest: string | null }[]>(
      'select message_id as oldest from outbox order by message_id limit 1',
    )
    const oldest = outbox?.oldest ? timeOfId(outbox.oldest) : now
    const keepFrom = weekOf(Math.min(now - processedRetention, oldest))
    const dropped = [...names].filter((name) => partitionStart(name) < keepFrom)
    for (const name of dropped) await tx.unsafe(`drop table analytics.${name}`)
    return { made, dropped }
  })
}

function weekOf(time: number): number {
  return Math.floor(time / WEEK) * WEEK
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
