import type { Handle } from '@sveltejs/kit/hooks'
import * as m from '#lib/paraglide/messages.js'
import { PUBLIC_URL } from '$app/env/private'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether another site made this visitor's browser send the request: a browser names the page's origin in `Origin` with
 * every write, so a foreign one is refused. Under /api only writes that a cookie vouches for are refused: callers with
 * an API key, and anonymous entries, may come from anywhere.
 */
export function isForgery(request: Request, ownOrigins: readonly string[]): boolean {
  if (reading.has(request.method)) return false
  const origin = request.headers.get('origin')
  const foreign =
    origin === null ? request.headers.get('sec-fetch-site') === 'cross-site' : !ownOrigins.includes(origin)
  if (!foreign) return false
  const api = new URL(request.url).pathname.startsWith('/api/')
  return !api || (request.headers.has('cookie') && !request.headers.has('authorization'))
}

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
