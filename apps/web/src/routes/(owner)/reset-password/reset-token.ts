import { token } from '@eungmo/api/validation/fields'
import type { Cookies } from '@sveltejs/kit'
import { RESET_LIFETIME_S } from '#lib/server/auth/create-auth.ts'

const COOKIE = 'eungmo.reset'
const PATH = '/reset-password'

const resetToken = token(100)

/** Stores the token of a link for as long as it is valid; one that cannot be ours is not stored. */
export function rememberResetToken(cookies: Cookies, text: string, { protocol }: URL): void {
  const { data } = resetToken.safeParse(text)
  if (!data) return
  cookies.set(COOKIE, data, {
    path: PATH,
    httpOnly: true,
    sameSite: 'lax',
    secure: protocol === 'https:',
    maxAge: RESET_LIFETIME_S,
  })
}

/** The token of the link that this browser opened last; undefined without one. */
export const readResetToken = (cookies: Cookies): string | undefined =>
  resetToken.safeParse(cookies.get(COOKIE)).data

export const forgetResetToken = (cookies: Cookies): void => cookies.delete(COOKIE, { path: PATH })
