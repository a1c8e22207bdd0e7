import { parseId } from '@eungmo/api/validation/parse-id'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { publicFile } from '../../public-file.ts'
import type { RequestHandler } from './$types'

/** The locked list as a file, streamed: a million entries are never in one string. It never changes. */
export const GET: RequestHandler = (event) => {
  const { drawLogId } = event.params
  const read = async () => dependencies().publicReads.entries(parseId(drawLogId), 'csv')
  return publicFile(event, `eungmo-${drawLogId}.csv`, read())
}
