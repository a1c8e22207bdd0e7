import type { RequestEvent } from '@sveltejs/kit'
import { baseLocale } from '#lib/paraglide/runtime.js'

/**
 * Lets a CDN keep this answer for `seconds`, and serve it stale for as long again while it asks anew. Only answers that
 * follow from the address alone: one whose language comes from the visitor's cookie stays the visitor's.
 */
export function cachePublicly(event: RequestEvent, seconds: number): void {
  const byAddress = event.url.searchParams.has('lang') || event.locals.locale === baseLocale
  event.setHeaders({
    'cache-control': byAddress
      ? `public, max-age=0, s-maxage=${seconds}, stale-while-revalidate=${seconds}`
      : 'private, no-store',
  })
}
