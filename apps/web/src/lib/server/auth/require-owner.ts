import { error, type RequestEvent, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'

/** The signed-in owner; leads others to the sign-in, and ends with the error page for staff. */
export function requireOwner({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>) {
  const { viewer } = locals
  if (viewer.kind !== 'member') redirect(303, `/login?next=${encodeURIComponent(url.pathname)}`)
  if (viewer.role !== 'owner') error(403, m.admin_error_owner_only())
  return viewer
}
