import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { fail, redirect } from '@sveltejs/kit'
import { forPage } from '#lib/server/api/error-response.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params: { eventId }, url }) => ({
  personalData: await forPage(locals.api.destruction.stored({ eventId }), url),
})

export const actions: Actions = {
  destroy: async ({ locals, request, params: { eventId }, url }) => {
    const { title = '' } = await readForm(request)
    try {
      await locals.api.destruction.destroyEarly({ eventId, title })
    } catch (cause) {
      const { status, body } = toErrorResponse(cause, locals.locale)
      if (status !== 400 && status !== 409) return forPage(Promise.reject(cause), url)
      const wrong = body.fields?.find(({ field }) => field === 'title')
      return fail(status, { title, error: wrong?.message ?? body.message })
    }
    // A reload must not post again.
    redirect(303, url.pathname)
  },
}
