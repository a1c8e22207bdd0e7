import { AsyncLocalStorage } from 'node:async_hooks'
import type { Handle } from '@sveltejs/kit/hooks'
import { baseLocale, isLocale, type Locale, overwriteGetLocale } from '#lib/paraglide/runtime.js'

const cookieName = 'eungmo_lang'
const current = new AsyncLocalStorage<Locale>()
overwriteGetLocale(() => current.getStore() ?? baseLocale)

/**
 * The visitor's language: `?lang=`, else the cookie of an earlier choice, else Korean. The choice is remembered, except
 * on answers that a CDN may keep: those differ by address only.
 */
export const localeHandle: Handle = async ({ event, resolve }) => {
  const asked = event.url.searchParams.get('lang')
  const remembered = event.cookies.get(cookieName)
  const locale = isLocale(asked) ? asked : isLocale(remembered) ? remembered : baseLocale
  event.locals.locale = locale
  const response = await current.run(locale, () =>
    Promise.resolve(
      resolve(event, {
        transformPageChunk: ({ html }) => html.replace('<html lang="ko">', `<html lang="${locale}">`),
      }),
    ),
  )
  if (isLocale(asked) && asked !== remembered && !response.headers.get('cache-control')?.includes('public')) {
    const secure = event.url.protocol === 'https:' ? '; Secure' : ''
    response.headers.append(
      'set-cookie',
      `${cookieName}=${locale}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`,
    )
  }
  return response
}
