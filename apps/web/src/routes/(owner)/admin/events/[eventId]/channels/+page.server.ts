import { lanOrigin } from '#lib/server/lan-origin.ts'
import { forPage } from '#lib/server/page-error.ts'
import { services } from '#lib/server/services.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params: { eventId }, url }) => {
  const channels = await forPage(locals.api.channels.list({ eventId }), url)
  const origin = services().publicUrl
  return { channels, origin, lanOrigin: lanOrigin(origin) }
}
