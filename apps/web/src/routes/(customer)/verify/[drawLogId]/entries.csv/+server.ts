import { streamEntriesCsv } from '@eungmo/api/draws/stream-entries'
import { logFailure } from '@eungmo/api/errors/log-failure'
import { textStream } from '@eungmo/api/http/text-stream'
import { jsonErrorResponse } from '#lib/server/api/error-response.ts'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import type { RequestHandler } from './$types'

/** The locked list as a file, streamed: a million entries are never in one string. It never changes. */
export const GET: RequestHandler = async (event) => {
  const { drawLogId } = event.params
  try {
    const chunks = await streamEntriesCsv(dependencies(), drawLogId)
    cachePublicly(event, 3600)
    return new Response(
      textStream(chunks, (error) => logFailure(dependencies().log, error)),
      {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="eungmo-${drawLogId}.csv"`,
        },
      },
    )
  } catch (cause) {
    return jsonErrorResponse(cause, event.locals.locale)
  }
}
