import { MAX_LIFETIME_DAYS } from '@eungmo/api/api-keys/schema'
import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { API_KEY_SCOPES } from '@eungmo/db/queries/api-keys'
import { fail } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { forPage } from '#lib/server/api/error-response.ts'
import { requireOwner } from '#lib/server/auth/require-owner.ts'
import { requireSignInAgain } from '#lib/server/auth/sign-in-again.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => ({
  keys: await forPage(locals.api.apiKeys.list(), url),
  scopes: API_KEY_SCOPES,
  lifetimes: [30, 90, 180, MAX_LIFETIME_DAYS],
  now: Date.now(),
})

export const actions: Actions = {
  create: async (event) => {
    const { locals, request, url } = event
    requireOwner(event)
    const form = await readForm(request)
    const failure = await requireSignInAgain(event, form)
    if (failure) return failure
    const name = form.name?.trim() ?? ''
    const scopes = API_KEY_SCOPES.filter((scope) => form[scope] === 'on')
    const expiresInDays = Number(form.expiresInDays ?? MAX_LIFETIME_DAYS)
    try {
      const { key } = await locals.api.apiKeys.create({ name, scopes, expiresInDays })
      return { created: { name, key } }
    } catch (cause) {
      const { status, body } = toErrorResponse(cause, locals.locale)
      if (status !== 400) return forPage(Promise.reject(cause), url)
      const wrong = new Map(body.fields?.map(({ field, message }) => [field, message]))
      return fail(400, {
        values: { name, scopes, expiresInDays },
        errors: {
          name: name === '' ? m.keys_name_missing() : wrong.get('name'),
          scopes: wrong.has('scopes') ? m.keys_scopes_missing() : undefined,
          expiresInDays: wrong.get('expiresInDays'),
        },
      })
    }
  },
  revoke: async (event) => {
    const { locals, request, url } = event
    requireOwner(event)
    const form = await readForm(request)
    const failure = await requireSignInAgain(event, form)
    if (failure) return failure
    const { id = '' } = form
    await forPage(locals.api.apiKeys.revoke({ apiKeyId: id }), url)
    return { revoked: true }
  },
}
