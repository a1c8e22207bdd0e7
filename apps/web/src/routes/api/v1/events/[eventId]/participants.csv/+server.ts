import { exportParticipants } from '@eungmo/api/participants/export-participants'
import { csvResponse } from '#lib/server/api/csv-response.ts'
import { readExport } from '#lib/server/api/read-export.ts'
import { restContextOf } from '#lib/server/front/rest.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = (event) => {
  const context = restContextOf(event)
  return csvResponse(context, async () =>
    exportParticipants(context, event.params.eventId, await readExport(event.request)),
  )
}
