import type { Cookies } from '@sveltejs/kit'

const NAME = 'eungmo_claim'
/** More than a proof has, and less than a browser stores. */
const MAX_LENGTH = 200

const pathOf = (token: string) => `/c/${token}`

/**
 * Stores that the last four digits were right, for the pages of this claim link alone. It holds no personal data, and
 * expires by itself after half an hour. Without an age: it goes with the browser.
 */
export function storeClaimProof(
  cookies: Cookies,
  { token, url, proof }: { token: string; url: URL; proof: string },
): void {
  cookies.set(NAME, proof.slice(0, MAX_LENGTH), {
    path: pathOf(token),
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
  })
}

/** The proof of this browser; empty without one, which no proof is. */
export const readClaimProof = (cookies: Cookies): string => cookies.get(NAME) ?? ''

export const forgetClaimProof = (cookies: Cookies, token: string): void =>
  cookies.delete(NAME, { path: pathOf(token) })
