import { forPage } from '#lib/server/api/error-response.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params: { eventId }, url }) => {
  const q = url.searchParams.get('q')?.trim().slice(0, 100) ?? ''
  const first = await forPage(locals.api.participants.list({ eventId, limit: 50, ...(q && { q }) }), url)
  return { first, q }
}
