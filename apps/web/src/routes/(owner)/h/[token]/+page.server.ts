import { redirect } from '@sveltejs/kit'
import { forPage } from '#lib/server/api/error-response.ts'
import { handOverPosted } from '#lib/server/forms/hand-over-posted.ts'
import { unlist } from '#lib/server/http/unlist.ts'
import type { Actions, PageServerLoad } from './$types'

/** What the QR code on a winner's claim page opens on the phone of the staff. */
export const load: PageServerLoad = async (event) => {
  const { locals, params, url, setHeaders } = event
  unlist(event)
  // The address leads to a winner: no other site learns it. Forms of a page with no-referrer have no origin.
  setHeaders({ 'referrer-policy': 'same-origin' })
  if (locals.viewer.kind !== 'member')
    redirect(303, locals.userId ? '/welcome' : `/login?next=${encodeURIComponent(url.pathname)}`)
  return { winner: await forPage(locals.api.handOver.byLink({ token: params.token }), url) }
}

export const actions: Actions = {
  complete: handOverPosted,
}
