import { error, fail } from '@sveltejs/kit'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import { linkPreview } from '#lib/server/pages/link-preview.ts'
import type { Actions, PageServerLoad } from './$types'
import { enteredCookieName } from './entered-cookie.ts'
import { entryPageData } from './entry-page-data.ts'
import { loadEvent } from './load-event.ts'
import { entryRejectionOf } from './respond-entry-form.ts'
import { shareAddress } from './share-address.ts'

function linkOf(url: URL): { via?: string; visitToken?: string } {
  const via = url.searchParams.get('via')
  const token = url.searchParams.get('t')
  return { ...(via && { via }), ...(token && { visitToken: token }) }
}

/** SvelteKit's client stays away: page-script/ is all that the page needs. */
export const csr = false

export const load: PageServerLoad = async (event) => {
  const { locals, url, setHeaders, cookies } = event
  const view = await loadEvent(event, linkOf(url))
  const page = entryPageData(view, locals.locale)
  const ended = ['closed', 'locked', 'drawn', 'cancelled'].includes(view.phase)
  if (ended && !view.paused) cachePublicly(event, 30)
  // no-cache, not no-store: the browser's Back shows the form as it was left, with the same submissionId.
  else setHeaders({ 'cache-control': 'private, no-cache' })
  locals.renderedVersion = view.version
  return {
    event: page,
    linkPreview: linkPreview(event, view),
    submissionId: locals.submissionId ?? crypto.randomUUID(),
    visitToken: view.visit ? (url.searchParams.get('t') ?? '') : '',
    shareUrl: shareAddress(view.slug),
    enteredHere: cookies.get(enteredCookieName(view.id)) !== undefined,
  }
}

export const actions: Actions = {
  /** The front handler has handled the form: what gets here was rejected. */
  default({ request }) {
    const rejection = entryRejectionOf(request)
    if (!rejection) throw new Error('A form reached the entry page past the front handler')
    const { status } = rejection
    return 'failure' in rejection ? fail(status, rejection.failure) : error(status, rejection.message)
  },
}
