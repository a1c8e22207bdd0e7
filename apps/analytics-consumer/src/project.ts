import type { CountGroup } from '@eungmo/db/queries/analytics-count'
import type { ParticipantRegistered } from '@eungmo/messaging/contract/message'

const HOUR_MS = 60 * 60 * 1000

/** What one message adds to the counts. */
export type Contribution = Omit<CountGroup, 'size'>

/** The contribution of an entry. */
export function project({ eventId, entryPath, timestamp }: ParticipantRegistered): Contribution {
  return { eventId: eventId.toLowerCase(), entryPath, hour: startOfHour(timestamp), delta: 1 }
}

/**
 * The start of the timestamp's hour in UTC. A UTC timestamp is cut as text: Date costs more than the rest of
 * the decoding.
 */
function startOfHour(timestamp: string): string {
  if (timestamp.endsWith('Z') && timestamp.length >= 17) return `${timestamp.slice(0, 13)}:00:00.000Z`
  const time = Date.parse(timestamp)
  return new Date(Math.floor(time / HOUR_MS) * HOUR_MS).toISOString()
}
