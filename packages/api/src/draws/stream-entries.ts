import { readLockedList } from '@eungmo/db/queries/locked-lists'
import type { Context } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { toFieldErrors } from '../errors/field-errors.ts'
import { parseId } from '../validation/parse-id.ts'
import { requireDrawnEvent } from './require-drawn-event.ts'
import { drawLogIdInput } from './schema.ts'

/**
 * The locked list in the requested format, for the REST API. Throws VALIDATION_FAILED, NOT_FOUND and
 * DRAW_IN_PROGRESS.
 */
export async function streamEntries(
  { dependencies }: Context,
  input: unknown,
  format: 'json' | 'csv',
): Promise<AsyncGenerator<string>> {
  const parsed = drawLogIdInput.safeParse(input)
  if (!parsed.success)
    throw new DomainError('VALIDATION_FAILED', { fields: toFieldErrors(parsed.error.issues) })
  const stream = format === 'csv' ? streamEntriesCsv : streamEntriesJson
  return stream(dependencies, parsed.data.drawLogId)
}

/**
 * The locked list of a draw as CSV: the header first, then chunks of some megabytes. Throws NOT_FOUND and
 * DRAW_IN_PROGRESS before the first chunk.
 */
export async function streamEntriesCsv(
  { db }: Pick<Dependencies, 'db'>,
  drawLogId: string,
): Promise<AsyncGenerator<string>> {
  const event = await requireDrawnEvent(db, parseId(drawLogId))
  return withHeader(readLockedList(db, { eventId: event.id }))
}

async function* withHeader(chunks: AsyncGenerator<string>): AsyncGenerator<string> {
  yield 'id,tickets,reason\n'
  yield* chunks
}

/** The same list as JSON, `[{id, tickets, reason}, …]`, built from the lines without parsing them. */
export async function streamEntriesJson(
  { db }: Pick<Dependencies, 'db'>,
  drawLogId: string,
): Promise<AsyncGenerator<string>> {
  const event = await requireDrawnEvent(db, drawLogId)
  return toJson(readLockedList(db, { eventId: event.id }))
}

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
