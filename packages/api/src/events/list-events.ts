import { listPromisesOf } from '@eungmo/db/queries/consent-texts'
import { listLatestDrawLogs } from '@eungmo/db/queries/draw-logs'
import { listEvents as listEventRows } from '@eungmo/db/queries/events'
import type { z } from 'zod'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import type { eventListItem } from './page-schema.ts'
import { presentEvent } from './present-event.ts'
import { presentLatestDraw } from './present-latest-draw.ts'
import { presentUndrawn } from './present-undrawn.ts'

/** The events of the viewer's shop, newest first. */
export async function listEvents(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
): Promise<z.infer<typeof eventListItem>[]> {
  const rows = await listEventRows(db, { shopId: viewer.shopId })
  const published = rows.filter(({ status }) => status === 'published')
  const [logs, promises] = await Promise.all([
    listLatestDrawLogs(db, { eventIds: rows.map(({ id }) => id) }),
    listPromisesOf(db, { eventIds: published.map(({ id }) => id) }),
  ])
  const latest = new Map(logs.map((log) => [log.eventId, log]))
  return rows.map((row) => {
    const { story: _story, prizes: _prizes, channels: _channels, ...view } = presentEvent(row)
    return {
      ...view,
      createdAt: row.createdAt.toISOString(),
      latestDraw: presentLatestDraw(latest.get(row.id)),
      undrawn: presentUndrawn(row, promises.get(row.id)),
    }
  })
}
