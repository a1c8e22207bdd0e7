import { findLockedList, readLockedList } from '@eungmo/db/queries/locked-lists'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { drawnEvent } from './read-transcript.ts'

/** The locked list that a draw was made from, once drawn, as CSV: the header first, then pieces of some megabytes, ready to be streamed. */
export async function drawEntriesCsv(
  { db }: Pick<Dependencies, 'db'>,
  drawLogId: string,
): Promise<AsyncGenerator<string>> {
  const { event } = await drawnEvent({ db }, drawLogId)
  return withHeader(readLockedList(db, { eventId: event.id }))
}

async function* withHeader(pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  yield 'id,tickets,reason\n'
  yield* pieces
}

/** The same list as JSON, `[{id, tickets, reason}, …]`, in pieces: made from the lines, not from objects. */
export async function drawEntriesJson(
  { db }: Pick<Dependencies, 'db'>,
  drawLogId: string,
): Promise<AsyncGenerator<string>> {
  const { event } = await drawnEvent({ db }, drawLogId)
  return asJson(readLockedList(db, { eventId: event.id }))
}

async function* asJson(pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  let before = '['
  for await (const lines of pieces) {
    // Ids hold no character that JSON would escape.
    const objects = lines.trimEnd().replace(/(.+),(\d+),(\d+)\n?/g, '{"id":"$1","tickets":$2,"reason":$3},')
    yield before + objects.slice(0, -1)
    before = ','
  }
  yield before === '[' ? '[]' : ']'
}

/** As many as go into one answer that is no stream. */
const MOST_AT_ONCE = 100_000

export interface EntryLine {
  id: string
  tickets: number
  reason: number
}

/** The same list as objects; throws PAYLOAD_TOO_LARGE beyond 100,000, which REST streams. */
export async function drawEntries({ db }: Pick<Dependencies, 'db'>, drawLogId: string): Promise<EntryLine[]> {
  const { event } = await drawnEvent({ db }, drawLogId)
  const list = await findLockedList(db, { eventId: event.id })
  if (list && list.entryCount > MOST_AT_ONCE) throw new DomainError('PAYLOAD_TOO_LARGE')
  const entries: EntryLine[] = []
  for await (const lines of readLockedList(db, { eventId: event.id })) {
    for (const line of lines.trimEnd().split('\n')) {
      const [id = '', tickets, reason] = line.split(',')
      entries.push({ id, tickets: Number(tickets), reason: Number(reason) })
    }
  }
  return entries
}
