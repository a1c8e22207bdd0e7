import { forPage } from '#lib/server/api/error-response.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const { api, viewer } = locals
  const isOwner = viewer.kind === 'member' && viewer.role === 'owner'
  const [events, counts, review] = await forPage(
    Promise.all([api.events.list(), api.analytics.shop(), isOwner ? api.accessLog.reviews() : undefined]),
    url,
  )
  return { events, counts, accessReviewDue: review?.due ?? false, now: Date.now() }
}
