import { negotiateLocale } from '@eungmo/api/http/negotiate-locale'
import { baseLocale, isLocale, type Locale } from '#lib/paraglide/runtime.js'
import { isPrivate } from './cache-rule.ts'
import type { Step } from './pipeline.ts'

const COOKIE_NAME = 'eungmo_lang'
const COOKIE_MAX_AGE_S = 31_536_000

/** Routes whose responses a shared cache may store for everybody: pages for the public, pictures and files. */
const SHARED_ROUTES = /^\/\(customer\)\/(verify\b|e\/\[slug\]\/(winners|privacy)\b)|\.\w+$/

const requestedLocale = (url: URL): string | null => url.searchParams.get('lang')

const rememberedLocale = (request: Request): string | null =>
  new Bun.CookieMap(request.headers.get('cookie') ?? '').get(COOKIE_NAME)

/**
 * The visitor's language: `?lang=`, else the cookie of an earlier choice or visit, else Accept-Language, else
 * Korean. What a shared cache may store follows from the address: without the first two it is Korean.
 */
export function chooseLocale(request: Request, url: URL, route: string | null): Locale {
  const requested = requestedLocale(url)
  if (isLocale(requested)) return requested
  const remembered = rememberedLocale(request)
  if (isLocale(remembered)) return remembered
  if (route !== null && SHARED_ROUTES.test(route)) return baseLocale
  return negotiateLocale(request.headers.get('accept-language'), baseLocale)
}

const isPage = ({ headers }: Response): boolean =>
  Boolean(headers.get('content-type')?.startsWith('text/html'))

/**
 * Stores in a cookie a language chosen by `?lang=`, and the one that a first page was shown in where it is not
 * Korean, so that the pages that follow have it as well; never with a response that a CDN may store.
 */
export const rememberLocale: Step = async (request, { url, locale }, next) => {
  const response = await next()
  if (!isPrivate(response)) return response
  const remembered = rememberedLocale(request)
  const isChosen = isLocale(requestedLocale(url)) || (locale !== baseLocale && isPage(response))
  if (isChosen && locale !== remembered) {
    const secure = url.protocol === 'https:' ? '; Secure' : ''
    response.headers.append(
      'set-cookie',
      `${COOKIE_NAME}=${locale}; Path=/; Max-Age=${COOKIE_MAX_AGE_S}; SameSite=Lax${secure}`,
    )
  }
  if (isPage(response)) response.headers.append('vary', 'accept-language')
  return response
}
