import { error } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals }) => {
  if (locals.viewer.kind === 'member' && locals.viewer.role !== 'owner')
    error(403, m.admin_error_owner_only())
  return { now: Date.now() }
}
