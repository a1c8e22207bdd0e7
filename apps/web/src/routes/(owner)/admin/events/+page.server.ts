import { forPage } from '#lib/server/api/error-response.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const [events, counts] = await forPage(
    Promise.all([locals.api.events.list(), locals.api.analytics.shop()]),
    url,
  )
  return { events, counts, now: Date.now() }
}
