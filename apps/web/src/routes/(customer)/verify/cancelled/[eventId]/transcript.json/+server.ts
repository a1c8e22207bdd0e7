import { readCancelledTranscript } from '@eungmo/api/draws/read-cancelled-transcript'
import { parseId } from '@eungmo/api/validation/parse-id'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { publicFile } from '../../../public-file.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = (event) => {
  const { eventId } = event.params
  const read = async () => readCancelledTranscript(dependencies(), parseId(eventId))
  return publicFile(event, `eungmo-${eventId}.json`, read())
}
