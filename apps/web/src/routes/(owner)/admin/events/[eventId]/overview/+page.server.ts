import { forPage } from '#lib/server/api/error-response.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params: { eventId }, url }) => {
  const [analytics, newest] = await forPage(
    Promise.all([locals.api.analytics.get({ eventId }), locals.api.participants.newest({ eventId })]),
    url,
  )
  return { analytics, newest }
}
