import { fail } from '@sveltejs/kit'
import { forPage } from '#lib/server/api/error-response.ts'
import { orConflict } from '#lib/server/api/or-conflict.ts'
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

/** What a button without scripts posts: the page again, with why it could not be done. */
async function changeVisit(event: RequestEvent, change: 'markVisit' | 'unmarkVisit') {
  const { api } = event.locals
  const texts = await readForm(event.request)
  const target = { eventId: event.params.eventId, participantId: texts.participantId ?? '' }
  const changed = await forPage(orConflict(api.participants[change](target)), event.url)
  const page = { ...(await findPage(event, texts)), revealed: null }
  return typeof changed === 'string' ? fail(409, { ...page, message: changed }) : page
}

export const actions: Actions = {
  search: async (event) => ({ ...(await findPage(event, await readForm(event.request))), revealed: null }),
  markVisit: (event) => changeVisit(event, 'markVisit'),
  unmarkVisit: (event) => changeVisit(event, 'unmarkVisit'),
  reveal: async (event) => {
    const texts = await readForm(event.request)
    const revealed = await revealPosted(event, texts)
    return { ...(await findPage(event, texts)), revealed }
  },
}
