import { transcriptFile } from '../../transcript-file.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = (event) => {
  const { drawLogId } = event.params
  return transcriptFile(event, drawLogId, () => event.locals.api.draws.transcript({ drawLogId }))
}
