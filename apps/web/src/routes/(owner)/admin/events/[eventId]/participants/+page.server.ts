import { forPage } from '#lib/server/api/error-response.ts'
import { type FormTexts, readForm } from '#lib/server/forms/read-form.ts'
import { revealPosted } from '../reveal-posted.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

const PAGE_SIZE = 50
const MAX_SEARCH_LENGTH = 100

export const load: PageServerLoad = async ({ locals, params: { eventId }, url }) => ({
  first: await forPage(locals.api.participants.list({ eventId, limit: PAGE_SIZE }), url),
})

/** What a browser without scripts posts. Posted, so that no address holds a name or a number. */
async function findPage({ locals, params: { eventId }, url }: RequestEvent, { q: typed = '' }: FormTexts) {
  const q = [...typed.trim()].slice(0, MAX_SEARCH_LENGTH).join('')
  const list = locals.api.participants
  const input = { eventId, limit: PAGE_SIZE }
  return { q, first: await forPage(q ? list.search({ ...input, q }) : list.list(input), url) }
}

export const actions: Actions = {
  search: async (event) => ({ ...(await findPage(event, await readForm(event.request))), revealed: null }),
  reveal: async (event) => {
    const texts = await readForm(event.request)
    const revealed = await revealPosted(event, texts)
    return { ...(await findPage(event, texts)), revealed }
  },
}
