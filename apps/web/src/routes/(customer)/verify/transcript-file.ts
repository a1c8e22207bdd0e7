import type { TranscriptView } from '@eungmo/api/draws/schema'
import type { RequestEvent } from '@sveltejs/kit'
import { jsonErrorResponse } from '#lib/server/api/error-response.ts'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'

/** A transcript as a file, for `eungmo-draw verify` and for the page's own check. */
export async function transcriptFile(
  event: RequestEvent,
  id: string,
  read: () => Promise<TranscriptView>,
): Promise<Response> {
  try {
    const transcript = await read()
    cachePublicly(event, 30)
    return Response.json(transcript, {
      headers: { 'content-disposition': `attachment; filename="eungmo-${id}.json"` },
    })
  } catch (cause) {
    return jsonErrorResponse(cause, event.locals.locale)
  }
}
