import type { Handle } from '@sveltejs/kit/hooks'
import * as m from '#lib/paraglide/messages.js'
import { PUBLIC_URL } from '$app/env/private'
import { isForgery } from '../http/origin-check.ts'

/** The one origin check for form actions, tRPC and REST alike. */
export const originCheckHandle: Handle = ({ event, resolve }) => {
  const own = PUBLIC_URL ? [event.url.origin, new URL(PUBLIC_URL).origin] : [event.url.origin]
  if (!isForgery(event.request, own)) return resolve(event)
  const message = m.error_foreign_origin()
  if (event.url.pathname.startsWith('/api/')) {
    return Response.json({ message, code: 'FORBIDDEN' }, { status: 403 })
  }
  return new Response(message, { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
