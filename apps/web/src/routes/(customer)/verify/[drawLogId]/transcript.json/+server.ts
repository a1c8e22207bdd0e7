import { jsonErrorResponse } from '#lib/server/api/error-response.ts'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import type { RequestHandler } from './$types'

/** The transcript as a file, for `eungmo-draw verify` and for the page's own check. */
export const GET: RequestHandler = async (event) => {
  const { drawLogId } = event.params
  try {
    const transcript = await event.locals.api.draws.transcript({ drawLogId })
    cachePublicly(event, 30)
    return Response.json(transcript, {
      headers: { 'content-disposition': `attachment; filename="eungmo-${drawLogId}.json"` },
    })
  } catch (cause) {
    return jsonErrorResponse(cause, event.locals.locale)
  }
}
