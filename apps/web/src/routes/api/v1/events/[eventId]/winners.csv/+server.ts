import { exportWinners } from '@eungmo/api/participants/export-winners'
import { csvResponse } from '#lib/server/api/csv-response.ts'
import { restContextOf } from '#lib/server/front/rest.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = (event) => {
  const context = restContextOf(event)
  return csvResponse(context, exportWinners(context, event.params.eventId))
}
