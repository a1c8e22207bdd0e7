import * as m from '#lib/paraglide/messages.js'
import type { Step } from './pipeline.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether another site made this visitor's browser send the request: a browser names the page's origin in
 * `Origin` with every write, so a foreign one is rejected. Under /api only writes authenticated by a cookie
 * are rejected: callers with an API key, and anonymous entries, may come from anywhere.
 */
export function isForgery(request: Request, ownOrigins: readonly string[]): boolean {
  if (safeMethods.has(request.method)) return false
  const origin = request.headers.get('origin')
  const foreign =
    origin === null ? request.headers.get('sec-fetch-site') === 'cross-site' : !ownOrigins.includes(origin)
  if (!foreign) return false
  const isApi = new URL(request.url).pathname.startsWith('/api/')
  return !isApi || (request.headers.has('cookie') && !request.headers.has('authorization'))
}

/**
 * The one origin check for form actions, tRPC and REST alike: a forged write gets 403, as JSON under /api.
 */
export function originCheck(publicOrigin: string | null): Step {
  return (request, { url }, next) => {
    const own = publicOrigin === null ? [url.origin] : [url.origin, publicOrigin]
    if (!isForgery(request, own)) return next()
    const message = m.error_foreign_origin()
    if (url.pathname.startsWith('/api/')) {
      return Response.json({ message, code: 'FORBIDDEN' }, { status: 403 })
    }
    return new Response(message, { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  }
}
