import { listDrawLogs as listDrawLogRows } from '@eungmo/db/queries/draw-logs'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { presentLog } from './present-draws.ts'
import type { DrawLogTermsView } from './schema.ts'

/** The draws of an event without their people, the newest first. Throws NOT_FOUND. */
export async function listDrawLogs(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  eventId: string,
): Promise<DrawLogTermsView[]> {
  const event = await requireOwnEvent(db, viewer, eventId)
  return (await listDrawLogRows(db, { eventId: event.id })).map(presentLog).reverse()
}
