import { parseId } from '@eungmo/api/validation/parse-id'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { publicFile } from '../../public-file.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = (event) => {
  const { drawLogId } = event.params
  const read = async () => dependencies().publicReads.transcript(parseId(drawLogId))
  return publicFile(event, `eungmo-${drawLogId}.json`, read())
}
