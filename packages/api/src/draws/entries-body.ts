import type { Executor } from '@eungmo/db/connection/client'
import { findLockedList, readLockedList } from '@eungmo/db/queries/locked-lists'
import { toHex } from '@eungmo/draw/encoding'
import type { PublicBody } from '../public-body.ts'
import { requireDrawnEvent } from './require-drawn-event.ts'

export type EntriesFormat = 'csv' | 'json'

const contentTypes = { csv: 'text/csv; charset=utf-8', json: 'application/json' } as const

/**
 * The locked list of a draw, which never changes, in chunks of some megabytes. Rejects with NOT_FOUND and
 * DRAW_IN_PROGRESS.
 */
export async function entriesBody(
  db: Executor,
  drawLogId: string,
  format: EntriesFormat,
): Promise<PublicBody> {
  const { id: eventId } = await requireDrawnEvent(db, drawLogId)
  const list = await findLockedList(db, { eventId })
  if (!list) throw new Error(`event ${eventId} was drawn without a locked list`)
  return {
    version: `${format}-${toHex(list.entriesRoot)}`,
    contentType: contentTypes[format],
    chunks: () => (format === 'csv' ? toCsv : toJson)(readLockedList(db, { eventId })),
  }
}

async function* toCsv(chunks: AsyncGenerator<string>): AsyncGenerator<string> {
  yield 'id,tickets,reason\n'
  yield* chunks
}

/** `[{id, tickets, reason}, …]`, built from the lines without parsing them. */
async function* toJson(chunks: AsyncGenerator<string>): AsyncGenerator<string> {
  let separator = '['
  for await (const lines of chunks) {
    // Ids contain no character that JSON escapes.
    const objects = lines.trimEnd().replace(/(.+),(\d+),(\d+)\n?/g, '{"id":"$1","tickets":$2,"reason":$3},')
    yield separator + objects.slice(0, -1)
    separator = ','
  }
  yield separator === '[' ? '[]' : ']'
}
