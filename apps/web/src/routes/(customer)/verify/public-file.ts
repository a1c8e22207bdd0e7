import { logFailure } from '@eungmo/api/errors/log-failure'
import type { PublicBody } from '@eungmo/api/public-body'
import type { RequestEvent } from '@sveltejs/kit'
import { jsonErrorResponse } from '#lib/server/api/error-response.ts'
import { attachment } from '#lib/server/http/attachment.ts'
import { storedBodies } from '#lib/server/pages/stored-bodies.ts'
import { logger } from '#lib/server/process/logger.ts'

/** A file for `eungmo-draw verify` and for the page's own check. */
export async function publicFile(
  { request, locals }: RequestEvent,
  fileName: string,
  body: Promise<PublicBody>,
): Promise<Response> {
  try {
    // First, since only an id that exists makes a file name.
    const found = await body
    const headers = { 'content-disposition': attachment(fileName, fileName) }
    return await storedBodies.respond(request, { ...found, headers }, (error) => logFailure(logger, error))
  } catch (cause) {
    return jsonErrorResponse(cause, locals.locale)
  }
}
