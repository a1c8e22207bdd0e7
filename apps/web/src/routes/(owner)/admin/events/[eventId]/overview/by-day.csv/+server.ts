import { exportDailyCounts } from '@eungmo/api/analytics/export-daily-counts'
import { contextOf } from '#lib/server/api/context.ts'
import { csvResponse } from '#lib/server/api/csv-response.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = (event) => {
  const context = contextOf(event)
  return csvResponse(context, () => exportDailyCounts(context, event.params.eventId))
}
