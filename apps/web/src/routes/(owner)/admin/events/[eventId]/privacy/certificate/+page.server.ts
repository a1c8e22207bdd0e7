import { destroyedItems } from '@eungmo/api/destruction/destroyed-items'
import { redirect } from '@sveltejs/kit'
import { forPage } from '#lib/server/api/error-response.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params: { eventId }, url }) => {
  const personalData = await forPage(locals.api.destruction.stored({ eventId }), url)
  if (personalData.records.length === 0) redirect(303, `/admin/events/${eventId}/privacy`)
  return { personalData, items: destroyedItems(locals.locale) }
}
