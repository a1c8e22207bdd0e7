import type { RequestEvent } from '@sveltejs/kit'
import { baseLocale } from '#lib/paraglide/runtime.js'
import type { Step } from './pipeline.ts'

/**
 * Responses that do not say otherwise belong to one visitor; those that a CDN may store never set a cookie.
 */
export const cacheRule: Step = async (_request, _context, next) => {
  const response = await next()
  const cacheControl = response.headers.get('cache-control')
  if (cacheControl === null) response.headers.set('cache-control', 'private, no-store')
  else if (/\bpublic\b/.test(cacheControl)) response.headers.delete('set-cookie')
  return response
}

/**
 * Lets a CDN store this response for `seconds`, and serve it stale for as long again while it revalidates.
 * Only responses that follow from the address alone: one whose language comes from a cookie stays the
 * visitor's.
 */
export function cachePublicly(event: RequestEvent, seconds: number): void {
  const byAddress = event.url.searchParams.has('lang') || event.locals.locale === baseLocale
  event.setHeaders({
    'cache-control': byAddress
      ? `public, max-age=0, s-maxage=${seconds}, stale-while-revalidate=${seconds}`
      : 'private, no-store',
  })
}
