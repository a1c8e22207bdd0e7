import type { Cookies } from '@sveltejs/kit'

/** Cookies for a response that SvelteKit does not create. */
export interface ResponseCookies extends Pick<Cookies, 'set'> {
  appendTo(response: Response): void
}

/** Collects cookies with SvelteKit's defaults: for every path, over https, and not for scripts. */
export function createResponseCookies(): ResponseCookies {
  const cookies = new Bun.CookieMap()
  return {
    set(name, value, options = {}) {
      const { path = '/', maxAge, expires, httpOnly = true, secure = true, sameSite } = options
      cookies.set({
        name,
        value,
        path,
        httpOnly,
        secure,
        sameSite: sameSite === 'strict' || sameSite === 'none' ? sameSite : 'lax',
        ...(maxAge !== undefined && { maxAge }),
        ...(expires !== undefined && { expires }),
      })
    },
    appendTo({ headers }) {
      for (const line of cookies.toSetCookieHeaders()) headers.append('set-cookie', line)
    },
  }
}
