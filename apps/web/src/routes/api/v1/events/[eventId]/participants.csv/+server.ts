import { exportParticipants } from '@eungmo/api/participants/export-participants'
import { respondExport } from '#lib/server/api/respond-export.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = (event) =>
  respondExport(event, event.params.eventId, { open: exportParticipants, page: 'participants' })
