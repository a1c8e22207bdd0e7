import { findLockedList, readLockedList } from '@eungmo/db/queries/locked-lists'
import type { z } from 'zod'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import type { entryView } from './chain-schema.ts'
import { requireDrawnEvent } from './require-drawn-event.ts'

/** Most entries of a response that is not streamed. */
const MAX_ENTRIES = 100_000

/**
 * The locked list of a draw as objects. Throws NOT_FOUND, DRAW_IN_PROGRESS, and PAYLOAD_TOO_LARGE above
 * 100,000, which REST streams.
 */
export async function readEntries(
  { db }: Pick<Dependencies, 'db'>,
  drawLogId: string,
): Promise<z.infer<typeof entryView>[]> {
  const event = await requireDrawnEvent(db, drawLogId)
  const list = await findLockedList(db, { eventId: event.id })
  if (list && list.entryCount > MAX_ENTRIES) throw new DomainError('PAYLOAD_TOO_LARGE')
  const entries: z.infer<typeof entryView>[] = []
  for await (const lines of readLockedList(db, { eventId: event.id })) {
    for (const line of lines.trimEnd().split('\n')) {
      const [id = '', tickets, reason] = line.split(',')
      entries.push({ id, tickets: Number(tickets), reason: Number(reason) })
    }
  }
  return entries
}
