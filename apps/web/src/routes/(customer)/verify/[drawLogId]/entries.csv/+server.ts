import { drawEntriesCsv } from '@eungmo/api/draws/read-entries'
import { toErrorResponse } from '@eungmo/api/errors/error-body'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import type { RequestHandler } from './$types'

/** The locked list as a file, streamed: a million entries are never in one string. It never changes. */
export const GET: RequestHandler = async (event) => {
  const { drawLogId } = event.params
  try {
    const pieces = await drawEntriesCsv(dependencies(), drawLogId)
    const encoder = new TextEncoder()
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
    })
    cachePublicly(event, 3600)
    return new Response(body, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="eungmo-${drawLogId}.csv"`,
      },
    })
  } catch (cause) {
    const { status, body, headers } = toErrorResponse(cause, event.locals.locale)
    return Response.json(body, { status, headers })
  }
}
