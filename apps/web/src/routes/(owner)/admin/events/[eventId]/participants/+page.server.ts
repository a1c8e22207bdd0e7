import { fail } from '@sveltejs/kit'
import { forPage } from '#lib/server/api/error-response.ts'
import { orConflict } from '#lib/server/api/or-conflict.ts'
import { type FormTexts, readForm } from '#lib/server/forms/read-form.ts'
import { revealPosted } from '../reveal-posted.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'
import { readFilters } from './filters.ts'

const PAGE_SIZE = 50
const MAX_SEARCH_LENGTH = 100

/** The first page of what the address filters, and the text `q` finds. */
const loadFirst = async (
  { locals, params: { eventId }, url }: Pick<RequestEvent, 'locals' | 'params' | 'url'>,
  q: string,
) => {
  const input = { eventId, q, limit: PAGE_SIZE, ...readFilters(url.searchParams) }
  return { ...(await forPage(locals.api.participants.search(input), url)), isWhole: true }
}

export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event
  const [first, counts] = await Promise.all([
    loadFirst(event, ''),
    forPage(locals.api.participants.counts({ eventId: params.eventId }), url),
  ])
  return { first, counts, filters: readFilters(url.searchParams) }
}

/** What a browser without scripts posts. Posted, so that no address holds a name or a number. */
async function findPage(event: RequestEvent, { q: typed = '' }: FormTexts) {
  const q = [...typed.trim()].slice(0, MAX_SEARCH_LENGTH).join('')
  return { q, first: await loadFirst(event, q) }
}

type ParticipantOfEvent = Parameters<App.Locals['api']['participants']['markVisit']>[0]

/** What a button without scripts posts: the page again, with why it could not be done. */
async function changeRow(event: RequestEvent, change: (of: ParticipantOfEvent) => Promise<object>) {
  const texts = await readForm(event.request)
  const target = { eventId: event.params.eventId, participantId: texts.participantId ?? '' }
  const changed = await forPage(orConflict(change(target)), event.url)
  const page = { ...(await findPage(event, texts)), revealed: null }
  return typeof changed === 'string' ? fail(409, { ...page, message: changed }) : page
}

export const actions: Actions = {
  search: async (event) => ({ ...(await findPage(event, await readForm(event.request))), revealed: null }),
  markVisit: (event) => changeRow(event, event.locals.api.participants.markVisit),
  unmarkVisit: (event) => changeRow(event, event.locals.api.participants.unmarkVisit),
  include: (event) => changeRow(event, event.locals.api.exclusions.undo),
  reveal: async (event) => {
    const texts = await readForm(event.request)
    const revealed = await revealPosted(event, texts)
    return { ...(await findPage(event, texts)), revealed }
  },
}
