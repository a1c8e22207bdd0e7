import type { TransactionSql } from 'postgres'
import { PARTITION_LOCK } from '../connection/advisory-locks.ts'
import type { Sql } from '../connection/client.ts'
import { violatedConstraint } from '../connection/statement-error.ts'
import type { StatementRunner } from '../connection/statement-link.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const WEEK_MS = 7 * DAY_MS
/** Longer than the retention of the topic (7 days) and the time that a message usually waits before. */
export const PROCESSED_RETENTION_MS = 5 * WEEK_MS
/**
 * How long a partition stays after it expired: longer than the retention of the topic, because the consumer may
 * receive again what waited in the outbox for weeks and was counted just now.
 */
const EXPIRED_FOR_MS = 8 * DAY_MS
const PARTITIONS_AHEAD_MS = 2 * WEEK_MS
const LOCK_TIMEOUT = '1s'
const table = 'analytics.processed_messages'
/** Rejects ids older than every partition: whether such a message was counted is no longer known. */
const FLOOR_CONSTRAINT = 'processed_messages_floor'

export interface PartitionChanges {
  created: string[]
  dropped: string[]
}

/** The smallest UUIDv7 of the millisecond `time`. */
export function firstIdAt(time: number): string {
  const hex = Math.max(0, Math.floor(time)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

/** Whether a statement was rejected because a message is older than the processed ids that are stored. */
export const isBelowFloor = (error: unknown): boolean => violatedConstraint(error) === FLOOR_CONSTRAINT

/**
 * The smallest message id whose counting is still recorded, as an SQL expression of type uuid. It is the nil
 * UUID until the first partition is dropped.
 */
export const processedFloor = `coalesce((select substring(pg_get_constraintdef(oid) from '[0-9a-f-]{36}')::uuid
  from pg_constraint where conname = '${FLOOR_CONSTRAINT}' and conrelid = '${table}_default'::regclass),
  '00000000-0000-0000-0000-000000000000')`

/** The value of `processedFloor`. */
export async function readProcessedFloor(link: StatementRunner): Promise<string> {
  const [row] = await link.run<{ floor: string }>(`select ${processedFloor} as floor`)
  if (!row) throw new Error('The statement returned no floor')
  return row.floor
}

/**
 * Creates the weekly partitions from five weeks ago to two weeks ahead. A partition that ended more than five
 * weeks ago and is older than every row of the outbox is marked as expired, and dropped eight days later; from
 * then on the table rejects its ids (`isBelowFloor`). Safe to repeat and to run in many processes. Rejects when
 * it waits for counting statements for longer than a second; nothing has changed then.
 */
export async function maintainPartitions(sql: Sql, now: number): Promise<PartitionChanges> {
  return await sql.begin(async (tx) => {
    await tx.unsafe(`set local lock_timeout = '${LOCK_TIMEOUT}'`)
    await tx.unsafe(`select pg_advisory_xact_lock(${PARTITION_LOCK})`)
    const existing = await tx.unsafe<{ name: string; expiredAt: string | null }[]>(
      `select c.relname as name, substring(obj_description(c.oid, 'pg_class') from '^expired (.*)$') as "expiredAt"
       from pg_inherits i join pg_class c on c.oid = i.inhrelid
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
    const dropped: string[] = []
    for (const { name, expiredAt } of existing) {
      if (partitionStart(name) >= keepFrom) continue
      if (expiredAt === null)
        await tx.unsafe(`comment on table analytics.${name} is 'expired ${new Date(now).toISOString()}'`)
      else if (Date.parse(expiredAt) <= now - EXPIRED_FOR_MS) dropped.push(name)
    }
    for (const name of dropped) await tx.unsafe(`drop table analytics.${name}`)
    const last = dropped.at(-1)
    if (last) await raiseFloor(tx, firstIdAt(partitionStart(last) + WEEK_MS))
    return { created, dropped }
  })
}

/** Only the default partition can receive ids that no weekly partition holds. */
async function raiseFloor(tx: TransactionSql, floor: string): Promise<void> {
  await tx.unsafe(`delete from ${table}_default where message_id < '${floor}'`)
  await tx.unsafe(`alter table ${table}_default drop constraint if exists ${FLOOR_CONSTRAINT},
    add constraint ${FLOOR_CONSTRAINT} check (message_id >= '${floor}')`)
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
