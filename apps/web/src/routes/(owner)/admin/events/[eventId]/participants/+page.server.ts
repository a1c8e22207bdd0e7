import { forPage } from '#lib/server/api/error-response.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import type { Actions, PageServerLoad } from './$types'

const PAGE_SIZE = 50
const MAX_SEARCH_LENGTH = 100

export const load: PageServerLoad = async ({ locals, params: { eventId }, url }) => ({
  first: await forPage(locals.api.participants.list({ eventId, limit: PAGE_SIZE }), url),
})

export const actions: Actions = {
  /** The search of a browser without scripts. Posted, so that no address holds a name or a number. */
  search: async ({ locals, params: { eventId }, request, url }) => {
    const { q: typed = '' } = await readForm(request)
    const q = [...typed.trim()].slice(0, MAX_SEARCH_LENGTH).join('')
    const list = locals.api.participants
    const input = { eventId, limit: PAGE_SIZE }
    return { q, first: await forPage(q ? list.search({ ...input, q }) : list.list(input), url) }
  },
}
