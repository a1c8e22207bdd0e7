import { error } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { forPage } from '#lib/server/api/error-response.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
  if (locals.viewer.kind === 'member' && locals.viewer.role !== 'owner')
    error(403, m.admin_error_owner_only())
  return { event: await forPage(locals.api.events.getForOwner({ eventId: params.eventId }), url) }
}
