import { forPage } from '#lib/server/api/page-error.ts'
import { services } from '#lib/server/dependencies.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async ({ locals, params, url }) => {
  const event = await forPage(locals.api.events.getForOwner({ eventId: params.eventId }), url)
  return { event, eventLink: `${services().publicUrl}/e/${encodeURIComponent(event.slug)}` }
}
