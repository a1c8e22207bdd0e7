import { forPage } from '#lib/server/api/error-response.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import type { PageServerLoad } from './$types'
import { lanOrigin } from './lan-origin.ts'

export const load: PageServerLoad = async ({ locals, params: { eventId }, url }) => {
  const channels = await forPage(locals.api.channels.list({ eventId }), url)
  const origin = dependencies().publicUrl
  return { channels, origin, lanOrigin: lanOrigin(origin) }
}
