import { readLockedList } from '@eungmo/db/queries/locked-lists'
import type { Services } from '../services.ts'
import { drawnEvent } from './read-transcript.ts'

/** The locked list that a draw was made from, once drawn, as CSV: the header first, then pieces of some megabytes, ready to be streamed. */
export async function drawEntriesCsv(
  { db }: Pick<Services, 'db'>,
  drawLogId: string,
): Promise<AsyncGenerator<string>> {
  const { event } = await drawnEvent({ db }, drawLogId)
  return withHeader(readLockedList(db, { eventId: event.id }))
}

async function* withHeader(pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  yield 'id,tickets,reason\n'
  yield* pieces
}

export interface EntryLine {
  id: string
  tickets: number
  reason: number
}

/** The same list as objects. */
export async function drawEntries({ db }: Pick<Services, 'db'>, drawLogId: string): Promise<EntryLine[]> {
  const { event } = await drawnEvent({ db }, drawLogId)
  const entries: EntryLine[] = []
  for await (const lines of readLockedList(db, { eventId: event.id })) {
    for (const line of lines.trimEnd().split('\n')) {
      const [id = '', tickets, reason] = line.split(',')
      entries.push({ id, tickets: Number(tickets), reason: Number(reason) })
    }
  }
  return entries
}
