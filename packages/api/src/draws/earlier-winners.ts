import type { Executor } from '@eungmo/db/connection/client'
import {
  countStoredWinners,
  excludeByPhone,
  findEligibleByPhone,
  listSitOutEvents,
  readStoredWinners,
} from '@eungmo/db/queries/earlier-winners'
import type { EventWithParts } from '@eungmo/db/queries/events'
import type { Actor, Schedule } from '../context.ts'
import { addSeoulMonths, MAX_SIT_OUT_MONTHS, sitsOut } from '../deadlines/sit-out.ts'
import type { Dependencies } from '../dependencies.ts'
import { indexNumbers } from '../personal-data/index-numbers.ts'
import { type RecordedAccess, recordAccess } from '../personal-data/record-access.ts'

/** When an event takes no more entries: drawing it earlier closes it now. */
const closesAt = ({ endsAt, now }: EventWithParts): Date =>
  new Date(Math.min(endsAt.getTime(), now.getTime()))

/**
 * Yields the phone indexes, under the event's own key, of the earlier winners who sit out of it, part by part.
 * Each earlier event gets a line in the access log first. Nothing that joins two events is stored. A number that
 * was destroyed, or does not open, is left out: it never stops a draw.
 */
async function* indexEarlierWinners(
  tx: Executor,
  { secrets, log }: Pick<Dependencies, 'secrets' | 'log'>,
  actor: Actor | Schedule,
  event: EventWithParts,
): AsyncGenerator<Buffer[]> {
  if (event.sitOutMonths === 0) return
  const later = { sitOutMonths: event.sitOutMonths, closesAt: closesAt(event) }
  const announced = await listSitOutEvents(tx, {
    shopId: event.shopId,
    // A day more than the longest period: `sitsOut` decides.
    from: addSeoulMonths(later.closesAt, -MAX_SIT_OUT_MONTHS - 1),
    until: later.closesAt,
  })
  const eventIds = announced.filter((earlier) => sitsOut(earlier, later)).map(({ id }) => id)
  const accesses = await recordComparison(tx, actor, eventIds)
  if (accesses.size === 0) return
  const key = secrets.indexKey(event.keyId)
  for await (const subjects of readStoredWinners(tx, { eventIds: [...accesses.keys()] })) {
    const { phoneIndexes, errors } = indexNumbers(secrets, { accesses, subjects, eventId: event.id, key })
    const [err] = errors
    if (err !== undefined)
      log.warn({ err, eventId: event.id, count: errors.length }, 'earlier winners cannot be compared')
    yield phoneIndexes
  }
}

/** The lines of the access log, by event; events without winners whose number is stored have none. */
async function recordComparison(
  tx: Executor,
  actor: Actor | Schedule,
  eventIds: readonly string[],
): Promise<Map<string, RecordedAccess<Actor | Schedule>>> {
  const accesses = new Map<string, RecordedAccess<Actor | Schedule>>()
  for (const { eventId, winners } of await countStoredWinners(tx, { eventIds }))
    accesses.set(
      eventId,
      await recordAccess(tx, { actor, action: 'compare-winners', eventId, people: winners }),
    )
  return accesses
}

/**
 * Excludes the entries of earlier winners who sit out of an event. The caller has locked the event's row. Throws
 * UNAVAILABLE where the access log cannot be written.
 */
export async function excludeEarlierWinners(
  tx: Executor,
  dependencies: Pick<Dependencies, 'secrets' | 'log'>,
  actor: Actor | Schedule,
  event: EventWithParts,
): Promise<void> {
  for await (const phoneIndexes of indexEarlierWinners(tx, dependencies, actor, event))
    await excludeByPhone(tx, { eventId: event.id, phoneIndexes })
}

/**
 * How many entries a draw would exclude now as those of earlier winners, and how many of them visited. Throws
 * UNAVAILABLE where the access log cannot be written.
 */
export async function countEarlierWinners(
  { db, ...dependencies }: Pick<Dependencies, 'db' | 'secrets' | 'log'>,
  actor: Actor | Schedule,
  event: EventWithParts,
): Promise<{ entries: number; visited: number }> {
  // Of somebody who won twice there is one entry.
  const found = new Map<string, boolean>()
  if (event.sitOutMonths > 0)
    await db.transaction(async (tx) => {
      for await (const phoneIndexes of indexEarlierWinners(tx, dependencies, actor, event))
        for (const { id, visited } of await findEligibleByPhone(tx, { eventId: event.id, phoneIndexes }))
          found.set(id, visited)
    })
  return { entries: found.size, visited: [...found.values()].filter(Boolean).length }
}
