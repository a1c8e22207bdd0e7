import type { Entry, SimulatedEvent } from './model.ts'
import { count, type Year } from './year.ts'

/**
 * The entries that a draw of the event has to leave out now as those of earlier winners: by PostgreSQL's calendar and
 * the people as the simulation knows them, without an envelope, an index or the product's code.
 */
export async function entriesOfEarlierWinners(year: Year, event: SimulatedEvent): Promise<Set<string>> {
  const winners = await year.installation.api.sql<{ id: string }[]>`
    select w.participant_id as id
    from events later
    cross join lateral (select least(later.ends_at, now()) as closes_at) c
    join events earlier on earlier.shop_id = later.shop_id
      and earlier.announcement_date <= c.closes_at
      and c.closes_at < (earlier.announcement_date at time zone 'Asia/Seoul' + make_interval(
        months => least(earlier.sit_out_months, later.sit_out_months))) at time zone 'Asia/Seoul'
    join draw_winners w on w.event_id = earlier.id and w.standing = 'selected'
    join participants p on p.event_id = w.event_id and p.id = w.participant_id and p.phone_number is not null
    where later.id = ${event.id} and later.sit_out_months > 0 and earlier.sit_out_months > 0`
  const winnerIds = new Set(winners.map(({ id }) => id))
  const numbers = new Set(
    year.events
      .flatMap(({ entries }) => entries)
      .filter(({ participantId }) => winnerIds.has(participantId))
      .map(({ person }) => person.digits),
  )
  const sitsOut = ({ person, withdrawnAt }: Entry) => numbers.has(person.digits) && withdrawnAt === null
  return new Set(event.entries.filter(sitsOut).map(({ participantId }) => participantId))
}

/** The entries that an event's draw left out as those of earlier winners. */
export async function readSatOut(year: Year, eventId: string): Promise<Set<string>> {
  const rows = await year.installation.api.sql<{ id: string }[]>`
    select id from participants where event_id = ${eventId} and exclusion_reason = 2`
  return new Set(rows.map(({ id }) => id))
}

/**
 * Compares who sat out of a draw with who had to.
 * @throws {Error} that names the event where they differ
 */
export async function checkSatOut(
  year: Year,
  { id }: SimulatedEvent,
  expected: ReadonlySet<string>,
): Promise<void> {
  const satOut = await readSatOut(year, id)
  for (const _ of satOut) count(year, 'entries of earlier winners that sat out')
  if (satOut.size !== expected.size || [...satOut].some((entry) => !expected.has(entry)))
    throw new Error(`${satOut.size} entries sat out of the draw of ${id}, and ${expected.size} had to`)
}
