import { listDrawLogs } from '@eungmo/db/queries/draw-logs'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { presentDraws } from './present-draws.ts'
import type { DrawLogView } from './schema.ts'

/** The draws of an event, the newest first. Throws NOT_FOUND. */
export async function listDraws(
  dependencies: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Actor,
  eventId: string,
): Promise<DrawLogView[]> {
  const { db } = dependencies
  const event = await requireOwnEvent(db, viewer, eventId)
  const logs = await listDrawLogs(db, { eventId: event.id })
  const views = await presentDraws(dependencies, viewer, event, logs)
  return views.map(({ history: _history, ...view }) => view).reverse()
}
