import { forPage } from '#lib/server/api/error-response.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async ({ locals, params, url }) => {
  const event = await forPage(locals.api.events.getForOwner({ eventId: params.eventId }), url)
  return { event, eventLink: `${dependencies().publicUrl}/e/${encodeURIComponent(event.slug)}` }
}
