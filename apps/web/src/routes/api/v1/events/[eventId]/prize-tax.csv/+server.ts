import { exportPrizeTax } from '@eungmo/api/participants/export-prize-tax'
import { respondExport } from '#lib/server/api/respond-export.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = (event) =>
  respondExport(event, event.params.eventId, { open: exportPrizeTax, page: 'draw' })
