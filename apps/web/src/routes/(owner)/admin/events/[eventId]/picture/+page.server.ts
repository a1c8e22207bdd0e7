import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { setPicture } from '@eungmo/api/pictures/set-picture'
import { createUploadTurns } from '@eungmo/api/pictures/upload-turns'
import { error, fail, isHttpError, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { contextOf } from '#lib/server/api/context.ts'
import { forPage } from '#lib/server/api/error-response.ts'
import { readUpload } from '#lib/server/forms/read-form.ts'
import { encodePicture } from '#lib/server/pictures/picture-encoder.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

const takeTurn = createUploadTurns()

/** Ends with an error page for who may not change the picture. */
async function requireOwner({
  locals,
  params: { eventId },
  url,
}: Pick<RequestEvent, 'locals' | 'params' | 'url'>) {
  const event = await forPage(locals.api.events.getForOwner({ eventId }), url)
  const { viewer } = locals
  if (viewer.kind !== 'member' || viewer.role !== 'owner') error(403, m.admin_error_owner_only())
  return { event, shopId: viewer.shopId }
}

export const load: PageServerLoad = async (event) => {
  const { picture } = (await requireOwner(event)).event
  return { isSaved: event.url.searchParams.has('saved'), picture }
}

export const actions: Actions = {
  save: async (event) => {
    const { locals, params, request, url } = event
    const { eventId } = params
    // Only an owner's megabytes are read, and of a shop those of one upload at a time.
    const { shopId } = await requireOwner(event)
    let altText: string | undefined
    try {
      await takeTurn(shopId, async () => {
        const { texts, upload } = await readUpload(request, 'picture')
        altText = texts.altText ?? ''
        await setPicture(contextOf(event), { eventId, altText, upload }, encodePicture)
      })
    } catch (cause) {
      if (isHttpError(cause)) throw cause
      const { status, body } = toErrorResponse(cause, locals.locale)
      if (![400, 409, 503].includes(status)) return forPage(Promise.reject(cause), url)
      const errors = Object.fromEntries((body.fields ?? []).map(({ field, message }) => [field, message]))
      return fail(status, { altText, errors, message: body.message })
    }
    redirect(303, `/admin/events/${eventId}/picture?saved`)
  },

  remove: async ({ locals, params: { eventId }, url }) => {
    await forPage(locals.api.pictures.remove({ eventId }), url)
    redirect(303, `/admin/events/${eventId}/picture`)
  },
}
