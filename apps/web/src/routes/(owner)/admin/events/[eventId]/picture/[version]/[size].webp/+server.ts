import { parseInput } from '@eungmo/api/errors/parse-input'
import { readOwnPicture } from '@eungmo/api/pictures/read-picture'
import { ownPictureInput } from '@eungmo/api/pictures/schema'
import { contextOf } from '#lib/server/api/context.ts'
import { jsonErrorResponse } from '#lib/server/api/error-response.ts'
import { pictureResponse } from '#lib/server/pictures/picture-response.ts'
import type { RequestHandler } from './$types'

/** The picture of an event for its shop, also before it is published. */
export const GET: RequestHandler = async (event) => {
  try {
    const picture = parseInput(ownPictureInput, event.params)
    return pictureResponse(await readOwnPicture(contextOf(event), picture), 'private')
  } catch (cause) {
    return jsonErrorResponse(cause, event.locals.locale)
  }
}
