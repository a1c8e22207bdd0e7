import type { DrawLogRow } from '@eungmo/db/queries/draw-logs'
import type { z } from 'zod'
import type { latestDrawView } from './schema.ts'

/** The newest draw of an event, for links and countdowns. */
export const presentLatestDraw = (log: DrawLogRow | undefined): z.infer<typeof latestDrawView> | null =>
  log
    ? {
        drawLogId: log.id,
        attempt: log.attempt,
        lockedAt: log.lockedAt.toISOString(),
        drawsAt: log.drawsAt?.toISOString() ?? null,
        drawnAt: log.drawnAt?.toISOString() ?? null,
      }
    : null
