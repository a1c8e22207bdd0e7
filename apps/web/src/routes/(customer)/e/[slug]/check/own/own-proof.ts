import type { Cookies } from '@sveltejs/kit'

const NAME = 'eungmo_own'
/** More than a proof has, and less than a browser stores. */
const MAX_LENGTH = 200

const pathOf = (slug: string) => `/e/${slug}/check/own`

/**
 * Stores the proof of an entry for the pages of one's own data, so that they can be loaded again on Back. It holds
 * no personal data, expires by itself, and is sent to these pages only. Without an age: it goes with the browser.
 */
export function storeProof(
  cookies: Cookies,
  { slug, url, proof }: { slug: string; url: URL; proof: string },
): void {
  cookies.set(NAME, proof.slice(0, MAX_LENGTH), {
    path: pathOf(slug),
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
  })
}

/** The proof of this browser; empty without one, which no proof is. */
export const readProof = (cookies: Cookies): string => cookies.get(NAME) ?? ''

export const forgetProof = (cookies: Cookies, slug: string): void =>
  cookies.delete(NAME, { path: pathOf(slug) })
