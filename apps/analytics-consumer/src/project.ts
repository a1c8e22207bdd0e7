import type { CountGroup } from '@eungmo/db/queries/analytics-count'
import type { Message } from '@eungmo/messaging/contract/message'

const HOUR = 60 * 60 * 1000

/** What one message adds. */
export type Projected = Omit<CountGroup, 'size'>

/**
 * What a message adds to which counts. A later type (an entry removed) is one more case, with its own delta.
 */
export function project(message: Message): Projected {
  switch (message.eventType) {
    case 'ParticipantRegistered': {
      const { eventId, entryPath, timestamp } = message.payload
      return { eventId: eventId.toLowerCase(), entryPath, hour: startOfHour(timestamp), delta: 1 }
    }
  }
}

/** Our own timestamps are in UTC and cut short: Date costs more than all the rest of a message's decoding. */
function startOfHour(timestamp: string): string {
  if (timestamp.endsWith('Z') && timestamp.length >= 17) return `${timestamp.slice(0, 13)}:00:00.000Z`
  const time = Date.parse(timestamp)
  return new Date(Math.floor(time / HOUR) * HOUR).toISOString()
}
