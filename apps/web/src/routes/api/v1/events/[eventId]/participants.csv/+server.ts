import { exportParticipants } from '@eungmo/api/participants/export-participants'
import { csvResponse } from '#lib/server/api/csv-response.ts'
import { restContextOf } from '#lib/server/front/rest.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = (event) => {
  const context = restContextOf(event)
  return csvResponse(context, exportParticipants(context, event.params.eventId))
}
