import { exportWinners } from '@eungmo/api/participants/export-winners'
import { respondExport } from '#lib/server/api/respond-export.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = (event) =>
  respondExport(event, event.params.eventId, { open: exportWinners, page: 'draw' })
