import type { Sql } from '@eungmo/db/connection/client'
import type { StatementRunner } from '@eungmo/db/connection/statement-link'

export interface Counts {
  participants: number
  total: number
  channels: number
  hourly: number
  processed: number
  outbox: number
  deadLetters: number
}

const query = `
  select (select count(*)::int from participants) as participants,
    (select coalesce(sum(total), 0)::int from analytics.event_totals) as total,
    (select coalesce(sum(count), 0)::int from analytics.channel_counts) as channels,
    (select coalesce(sum(count), 0)::int from analytics.hourly_counts) as hourly,
    (select count(*)::int from analytics.processed_messages) as processed,
    (select count(*)::int from outbox) as outbox,
    (select count(*)::int from analytics.dead_letters) as "deadLetters"`

/** The sums that must agree, over the whole database. */
export async function readCounts(source: Sql | StatementRunner): Promise<Counts> {
  const [row] = 'run' in source ? await source.run<Counts>(query) : await source.unsafe<Counts[]>(query)
  if (!row) throw new Error('The sums query returned no row')
  return row
}

/** The sums of a database in which every participant was counted and every message processed. */
export function settledCounts(participants: number, deadLetters = 0): Counts {
  return {
    participants,
    total: participants,
    channels: participants,
    hourly: participants,
    processed: participants,
    outbox: 0,
    deadLetters,
  }
}
