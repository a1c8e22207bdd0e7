import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { fail, redirect } from '@sveltejs/kit'
import { readForm } from '#lib/server/forms/read-form.ts'
import { unlist } from '#lib/server/http/unlist.ts'
import { loadEvent } from '../../load-event.ts'
import type { Actions, PageServerLoad } from './$types'
import { forgetProof, readProof, storeProof } from './own-proof.ts'

export const load: PageServerLoad = async (event) => {
  unlist(event)
  const { id, slug, shopName, title, contact, now } = await loadEvent(event)
  const { cookies, locals, url } = event
  const page = {
    event: { slug, shopName, title, contact, now },
    savedName: url.searchParams.has('saved'),
    withdrewMarketing: url.searchParams.has('marketing'),
  }
  const proof = readProof(cookies)
  if (proof === '') return { ...page, own: null, problem: null }
  try {
    return { ...page, own: await locals.api.participations.ownData({ eventId: id, proof }), problem: null }
  } catch (cause) {
    const { body } = toErrorResponse(cause, locals.locale)
    return { ...page, own: null, problem: body.fields?.[0]?.message ?? body.message }
  }
}

export const actions: Actions = {
  /** From the check page: stores its proof, and leads to the data or to the withdrawal. */
  open: async ({ request, cookies, params: { slug }, url }) => {
    const { proof = '', to } = await readForm(request)
    storeProof(cookies, { slug, url, proof })
    redirect(303, `/e/${slug}/check/own${to === 'withdraw' ? '/withdraw' : ''}`)
  },

  name: async (event) => {
    const { name = '' } = await readForm(event.request)
    const { id: eventId, slug } = await loadEvent(event)
    const { cookies, locals } = event
    try {
      await locals.api.participations.correctName({ eventId, proof: readProof(cookies), name })
    } catch (cause) {
      const { status, body } = toErrorResponse(cause, locals.locale)
      return fail(status, { name, error: body.fields?.[0]?.message ?? body.message })
    }
    redirect(303, `/e/${slug}/check/own?saved`)
  },

  /** Withdraws the marketing consent; the entry stays. */
  marketing: async (event) => {
    const { id: eventId, slug } = await loadEvent(event)
    const { cookies, locals } = event
    try {
      await locals.api.participations.withdrawMarketing({ eventId, proof: readProof(cookies) })
    } catch (cause) {
      const { status, body } = toErrorResponse(cause, locals.locale)
      return fail(status, { marketingError: body.fields?.[0]?.message ?? body.message })
    }
    redirect(303, `/e/${slug}/check/own?marketing`)
  },

  close: async ({ cookies, params: { slug } }) => {
    forgetProof(cookies, slug)
    redirect(303, `/e/${slug}/check`)
  },
}
