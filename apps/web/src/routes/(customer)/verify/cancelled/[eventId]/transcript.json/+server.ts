import { transcriptFile } from '../../../transcript-file.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = (event) => {
  const { eventId } = event.params
  return transcriptFile(event, eventId, () => event.locals.api.draws.cancelledTranscript({ eventId }))
}
