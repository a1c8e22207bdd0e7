import { exportParticipants } from '@eungmo/api/services/participants/export-participants'
import { csvAnswer } from '#lib/server/csv-answer.ts'
import { restContextOf } from '#lib/server/rest.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = (event) => {
  const context = restContextOf(event)
  return csvAnswer(context, exportParticipants(context, event.params.eventId))
}
