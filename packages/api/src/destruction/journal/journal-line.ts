import { EARLY_REASONS, type EarlyDestruction } from '@eungmo/db/queries/destruction-journal'
import { z } from 'zod'
import { instant, uuid } from '../../validation/fields.ts'

/** A line of the journal: an early destruction as JSON. It names nobody. */
const journalLine = z.strictObject({
  v: z.literal(1),
  id: uuid,
  at: instant,
  event: uuid,
  reason: z.enum(EARLY_REASONS),
  participants: z.array(uuid).min(1),
})

/** The line of an early destruction, with its line end. */
export function formatLine({ id, destroyedAt, eventId, reason, participantIds }: EarlyDestruction): string {
  const fields: z.input<typeof journalLine> = {
    v: 1,
    id,
    at: destroyedAt.toISOString(),
    event: eventId,
    reason,
    participants: [...participantIds],
  }
  return `${JSON.stringify(fields)}\n`
}

/** The early destruction of a line; null where the line is none, such as one that was half written. */
export function parseLine(line: string): EarlyDestruction | null {
  const { data } = journalLine.safeParse(parseJson(line))
  return data === undefined
    ? null
    : {
        id: data.id,
        destroyedAt: new Date(data.at),
        eventId: data.event,
        reason: data.reason,
        participantIds: data.participants,
      }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
