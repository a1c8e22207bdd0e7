import { findDrawLog, listDrawLogs } from '@eungmo/db/queries/draw-logs'
import { findChainHead } from '@eungmo/db/queries/draw-records'
import { toHex } from '@eungmo/draw/encoding'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { presentDraws } from './present-draws.ts'
import type { DrawLogDetailView } from './schema.ts'

/** One draw, with everybody who ever held a slot of its event. Throws NOT_FOUND. */
export async function getDraw(
  dependencies: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Actor,
  drawLogId: string,
): Promise<DrawLogDetailView> {
  const { db } = dependencies
  const found = await findDrawLog(db, { drawLogId })
  if (!found) throw new DomainError('NOT_FOUND')
  const event = await requireOwnEvent(db, viewer, found.eventId)
  const logs = await listDrawLogs(db, { eventId: event.id })
  const [views, head] = await Promise.all([
    presentDraws(dependencies, viewer, event, logs),
    findChainHead(db, { eventId: event.id }),
  ])
  const view = views.find((log) => log.drawLogId === drawLogId)
  if (!view || !head) throw new DomainError('NOT_FOUND')
  return { ...view, head: toHex(head.hash) }
}
