import { type AccessPlace, listAccess } from '@eungmo/db/queries/access-log-pages'
import type { z } from 'zod'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { invalidField } from '../errors/domain-error.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { uuid } from '../validation/fields.ts'
import { isFiltered, toAccessFilter } from './filter.ts'
import { presentLine } from './present-line.ts'
import type { accessPage, ListAccessInput } from './schema.ts'

/**
 * A page of the shop's access log, newest first; itself a line of it, which the first page shows. Throws
 * VALIDATION_FAILED for an invalid cursor, and UNAVAILABLE where the line cannot be written.
 */
export async function listAccessLog(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Actor,
  { cursor, limit, ...days }: ListAccessInput,
): Promise<z.infer<typeof accessPage>> {
  const before = cursor === undefined ? undefined : parseCursor(cursor)
  const filter = toAccessFilter(days)
  await recordAccess(db, {
    actor: viewer,
    action: isFiltered(filter) ? 'search-access-log' : 'list-access-log',
    eventId: filter.eventId,
  })
  const lines = await listAccess(db, { shopId: viewer.shopId, filter, before, limit: limit + 1 })
  const shown = lines.slice(0, limit)
  const last = lines.length > limit ? shown.at(-1) : undefined
  return { lines: shown.map(presentLine), nextCursor: last ? toCursor(last) : null }
}

const toCursor = ({ at, id }: AccessPlace) => `${at.getTime()}.${id}`

function parseCursor(cursor: string): AccessPlace {
  const [time = '', id] = cursor.split('.')
  const parsed = uuid.safeParse(id)
  if (!/^\d{1,14}$/.test(time) || !parsed.success) throw invalidField('cursor', 'cursor.invalid')
  return { at: new Date(Number(time)), id: parsed.data }
}
