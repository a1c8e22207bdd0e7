import type { DrawLogRow } from '@eungmo/db/queries/draw-logs'
import type { LatestDraw } from '@eungmo/db/queries/event-pages'
import type { z } from 'zod'
import type { latestDrawView } from './schema.ts'

const iso = (at: Date | string) => new Date(at).toISOString()

/** The newest draw of an event, for links and countdowns. */
export const presentLatestDraw = (
  log: DrawLogRow | LatestDraw | null | undefined,
): z.infer<typeof latestDrawView> | null =>
  log
    ? {
        drawLogId: log.id,
        attempt: log.attempt,
        lockedAt: iso(log.lockedAt),
        drawsAt: log.drawsAt && iso(log.drawsAt),
        drawnAt: log.drawnAt && iso(log.drawnAt),
      }
    : null
