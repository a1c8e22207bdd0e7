import { findEvent } from '@eungmo/db/queries/events'
import type { Schedule } from '../src/context.ts'
import { excludeEarlierWinners } from '../src/draws/earlier-winners.ts'
import { fillSealedParticipants } from './fill-sealed-participants.ts'
import { openBenchEvent } from './open-bench-event.ts'
import { startBenchShop } from './start-bench-shop.ts'

/**
 * `bun bench/sit-out.ts [winners]`: what a lock adds to find the entries of earlier winners. They won in events of 10,000
 * winners, the same people in each, and all have entered again. Prints seconds, and what this process's memory grows by.
 */
const WINNERS_PER_EVENT = 10_000
const winners = Number(process.argv[2] ?? 100_000)
const printLine = (text: string) => process.stdout.write(`${text}\n`)

const { dependencies, db, sql, stop } = await startBenchShop()
const { secrets } = dependencies

/** An event of the shop that was announced a day ago, in which everybody won. */
async function createEarlierEvent(shopId: string, count: number): Promise<void> {
  const eventId = await openBenchEvent(db, secrets.newest.id)
  await fillSealedParticipants(sql, secrets, { eventId, count })
  await sql`update events set shop_id = ${shopId}, status = 'drawn', sit_out_months = 1,
    starts_at = now() - interval '3 days', ends_at = now() - interval '2 days',
    announcement_date = now() - interval '1 day' where id = ${eventId}`
  const drawLogId = Bun.randomUUIDv7()
  await sql`insert into draw_logs (id, event_id, attempt, draw_method, algorithm, winner_count, bonus_used, entry_count,
      eligible_count, total_tickets, lock_seq, locked_at, drawn_at)
    values (${drawLogId}, ${eventId}, 1, 'uniform', 'bench', ${count}, false, ${count}, ${count}, '0', 1, now(), now())`
  await sql`insert into draw_winners (draw_log_id, draw_rank, event_id, slot, entry_index, entry_id, participant_id,
      standing, selected_at)
    select ${drawLogId}, n, ${eventId}, n, n, entry_id, id, 'selected', now()
    from (select row_number() over (order by id) as n, id, entry_id from participants where event_id = ${eventId}) p`
}

try {
  const eventId = await openBenchEvent(db, secrets.newest.id)
  await sql`update events set sit_out_months = 1 where id = ${eventId}`
  await fillSealedParticipants(sql, secrets, { eventId, count: winners })
  const event = await findEvent(db, { eventId })
  if (!event) throw new Error('the event is missing')
  for (let from = 0; from < winners; from += WINNERS_PER_EVENT)
    await createEarlierEvent(event.shopId, Math.min(WINNERS_PER_EVENT, winners - from))
  await sql`analyze`

  const actor: Schedule = { via: 'schedule', shopId: event.shopId }
  Bun.gc(true)
  const before = process.memoryUsage.rss()
  const started = performance.now()
  const excluded = await db.transaction(async (tx) => {
    await excludeEarlierWinners(tx, dependencies, actor, event)
    const [row] = await tx.execute<{ count: number }>(
      `select count(*)::int as count from participants where event_id = '${eventId}' and exclusion_reason = 2`,
    )
    return row?.count ?? 0
  })
  const seconds = (performance.now() - started) / 1_000
  const grown = (process.memoryUsage.rss() - before) / 2 ** 20
  printLine(
    `${winners.toLocaleString('en')} earlier winners, ${excluded.toLocaleString('en')} entries left out`,
  )
  printLine(
    `  seconds   ${seconds.toFixed(2)} (${((seconds / winners) * 1e6).toFixed(1)} µs for each winner)`,
  )
  printLine(`  memory    ${grown.toFixed(0)} MB more`)
} finally {
  await stop()
}
