import { countByState } from '@eungmo/db/queries/participant-filter'
import { eventCounts } from '../analytics/event-counts.ts'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { seoulRecordTime } from '../seoul-time.ts'
import type { ParticipantCounts } from './schema.ts'

const MAX_COUNTED = 10_000
/** Of `2026-12-20 18:00:05`. */
const DAY_LENGTH = 10

/**
 * How many participants each filter of an event's list lets through by itself: entry paths and days as the
 * analytics consumer has counted them, states exactly up to 10,000. Throws NOT_FOUND.
 */
export async function countParticipants(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  eventId: string,
): Promise<ParticipantCounts> {
  const event = await requireOwnEvent(db, viewer, eventId)
  const [{ total, channels, hourly }, states] = await Promise.all([
    eventCounts(db, event),
    countByState(db, { eventId: event.id, atMost: MAX_COUNTED }),
  ])
  const byDay = new Map<string, number>()
  for (const { hour, count } of hourly) {
    const day = seoulRecordTime(hour).slice(0, DAY_LENGTH)
    byDay.set(day, (byDay.get(day) ?? 0) + count)
  }
  return {
    total,
    entryPaths: channels,
    ...states,
    countedUpTo: MAX_COUNTED,
    days: [...byDay].map(([day, count]) => ({ day, count })),
  }
}
