import type { Logger } from '@eungmo/messaging/logging/logger'
import * as m from '#lib/paraglide/messages.js'
import { apiKeyOf } from './api-key-of.ts'
import type { Step } from './pipeline.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What a browser sends in place of the origin of a page with `Referrer-Policy: no-referrer`. */
const HIDDEN_ORIGIN = 'null'

/** Pages whose address nobody can guess, for engines that do not say where a request comes from. */
const isLink = (pathname: string) => /^\/(c|e\/[^/]+\/not-me)\//.test(pathname)

/**
 * Whether another site made this visitor's browser send the request: a browser names the page's origin in
 * `Origin` with every write, so a foreign one is rejected. Under /api only writes authenticated by a cookie
 * are rejected: callers with an API key, and anonymous entries, may come from anywhere. A browser adds other
 * schemes of Authorization by itself, so that these exempt nothing. Pages without a referrer hide their origin.
 */
export function isForgery(request: Request, ownOrigins: readonly string[]): boolean {
  if (safeMethods.has(request.method)) return false
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  const { pathname } = new URL(request.url)
  if (origin === HIDDEN_ORIGIN && (site === 'same-origin' || (site === null && isLink(pathname))))
    return false
  const foreign = origin === null ? site === 'cross-site' : !ownOrigins.includes(origin)
  if (!foreign) return false
  const isApi = pathname.startsWith('/api/')
  return !isApi || (request.headers.has('cookie') && apiKeyOf(request) === undefined)
}

/**
 * The one origin check for form actions, tRPC and REST alike: a forged write gets 403, as JSON under /api.
 */
export function originCheck(publicOrigin: string | null, log: Pick<Logger, 'warn'>): Step {
  return (request, { url }, next) => {
    if (!isForgery(request, [publicOrigin ?? url.origin])) return next()
    const unsetUrl = publicOrigin === null && request.headers.get('origin') === `https://${url.host}`
    if (unsetUrl) log.warn({}, 'A write from https was rejected since PUBLIC_URL is not set: set it')
    const message = unsetUrl ? m.error_public_url_unset() : m.error_foreign_origin()
    if (url.pathname.startsWith('/api/')) {
      return Response.json({ message, code: 'FORBIDDEN' }, { status: 403 })
    }
    return new Response(message, { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  }
}
