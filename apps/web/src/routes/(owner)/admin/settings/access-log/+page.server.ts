import { ACCESS_ACTION_GROUPS } from '@eungmo/db/queries/access-log'
import type { RequestEvent } from '@sveltejs/kit'
import type { Caller } from '#lib/server/api/caller.ts'
import { forPage } from '#lib/server/api/error-response.ts'
import type { Actions, PageServerLoad } from './$types'

const FILTERS = ['actorId', 'action', 'eventId', 'from', 'to'] as const

type ListInput = Parameters<Caller['accessLog']['list']>[0]

/** The conditions that the address names; a field that was left empty is none. */
function readFilter({ searchParams }: URL): Partial<Record<(typeof FILTERS)[number], string>> {
  const named = FILTERS.map((name) => [name, searchParams.get(name)?.trim()] as const)
  return Object.fromEntries(named.filter(([, value]) => value))
}

async function readPage({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>) {
  const { list, filters, reviews } = locals.api.accessLog
  const filter = readFilter(url)
  const cursor = url.searchParams.get('cursor') ?? undefined
  // The procedure checks what came in the address.
  const page = await list({ ...filter, cursor } as ListInput)
  const [options, review] = await Promise.all([filters(), reviews()])
  return {
    ...page,
    filter,
    isFirst: cursor === undefined,
    filters: options,
    groups: ACCESS_ACTION_GROUPS,
    review,
    now: new Date(),
  }
}

export const load: PageServerLoad = (event) => forPage(readPage(event), event.url)

export const actions: Actions = {
  /** That the owner looked through the log this month. */
  review: async ({ locals, url }) => {
    await forPage(locals.api.accessLog.review(), url)
  },
}
