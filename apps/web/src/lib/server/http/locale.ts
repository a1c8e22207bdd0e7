import { baseLocale, isLocale, type Locale } from '#lib/paraglide/runtime.js'
import { isPrivate } from './cache-rule.ts'
import type { Step } from './pipeline.ts'

const COOKIE_NAME = 'eungmo_lang'
const COOKIE_MAX_AGE_S = 31_536_000

const requestedLocale = (url: URL): string | null => url.searchParams.get('lang')

const rememberedLocale = (request: Request): string | null =>
  new Bun.CookieMap(request.headers.get('cookie') ?? '').get(COOKIE_NAME)

/** The visitor's language: `?lang=`, else the cookie of an earlier choice, else Korean. */
export function chooseLocale(request: Request, url: URL): Locale {
  const requested = requestedLocale(url)
  if (isLocale(requested)) return requested
  const remembered = rememberedLocale(request)
  return isLocale(remembered) ? remembered : baseLocale
}

/**
 * Stores a language chosen by `?lang=` in a cookie, except with a response that a CDN may store.
 */
export const rememberLocale: Step = async (request, { url }, next) => {
  const response = await next()
  const requested = requestedLocale(url)
  if (isPrivate(response) && isLocale(requested) && requested !== rememberedLocale(request)) {
    const secure = url.protocol === 'https:' ? '; Secure' : ''
    response.headers.append(
      'set-cookie',
      `${COOKIE_NAME}=${requested}; Path=/; Max-Age=${COOKIE_MAX_AGE_S}; SameSite=Lax${secure}`,
    )
  }
  return response
}
