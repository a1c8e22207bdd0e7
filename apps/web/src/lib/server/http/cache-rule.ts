import type { RequestEvent } from '@sveltejs/kit'
import { baseLocale } from '#lib/paraglide/runtime.js'
import type { Step } from './pipeline.ts'

/**
 * Responses that do not say otherwise belong to one visitor, and so does every response that sets a cookie,
 * whatever it says: a CDN that stored it would hand the cookie to the next visitors.
 */
export const cacheRule: Step = async (_request, _context, next) => {
  const response = await next()
  const { headers } = response
  if (!headers.has('cache-control') || (headers.has('set-cookie') && !isPrivate(response))) {
    headers.set('cache-control', 'private, no-store')
  }
  return response
}

/** Whether no shared cache may store the response. */
export const isPrivate = ({ headers }: Response): boolean =>
  /\b(private|no-store)\b/.test(headers.get('cache-control') ?? 'private')

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
