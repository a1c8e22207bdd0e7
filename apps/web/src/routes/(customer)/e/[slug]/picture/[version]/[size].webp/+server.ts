import { parseInput } from '@eungmo/api/errors/parse-input'
import { publicPictureInput } from '@eungmo/api/pictures/schema'
import { jsonErrorResponse } from '#lib/server/api/error-response.ts'
import { pictureResponse } from '#lib/server/pictures/picture-response.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import type { RequestHandler } from './$types'

/** The picture of an entry page: of a published event, while it is not paused, in its present version. */
export const GET: RequestHandler = async ({ params, locals }) => {
  try {
    const picture = parseInput(publicPictureInput, params)
    return pictureResponse(await dependencies().publicReads.picture(picture), 'public')
  } catch (cause) {
    return jsonErrorResponse(cause, locals.locale)
  }
}
