import { exportWinners } from '@eungmo/api/services/participants/export-winners'
import { csvAnswer } from '#lib/server/csv-answer.ts'
import { restContextOf } from '#lib/server/rest.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = (event) => {
  const context = restContextOf(event)
  return csvAnswer(context, exportWinners(context, event.params.eventId))
}
