import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { setPicture } from '@eungmo/api/pictures/set-picture'
import { error, fail, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { contextOf } from '#lib/server/api/context.ts'
import { forPage } from '#lib/server/api/error-response.ts'
import { readUpload } from '#lib/server/forms/read-form.ts'
import { encodePicture } from '#lib/server/pictures/picture-encoder.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params: { eventId }, url }) => {
  const event = await forPage(locals.api.events.getForOwner({ eventId }), url)
  if (locals.viewer.kind === 'member' && locals.viewer.role !== 'owner')
    error(403, m.admin_error_owner_only())
  return { isSaved: url.searchParams.has('saved'), picture: event.picture }
}

export const actions: Actions = {
  save: async (event) => {
    const { locals, params, request, url } = event
    const { eventId } = params
    // Nobody else's megabytes are read.
    await forPage(locals.api.events.getForOwner({ eventId }), url)
    const { texts, upload } = await readUpload(request, 'picture')
    const { altText = '' } = texts
    try {
      await setPicture(contextOf(event), { eventId, altText, upload }, encodePicture)
    } catch (cause) {
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
