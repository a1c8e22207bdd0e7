import { randomInt } from 'node:crypto'
import type { Auth } from './create-auth.ts'

/** Letters and digits that are hard to confuse when read aloud. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A random password of 79 bits in four groups of four: `k7m2-…`. */
export function createPassword(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

/**
 * Sets a user's password, also for one who has only signed in with a provider, and ends the user's sessions.
 * Resolves with false where no user has that e-mail address.
 */
export async function resetPassword(auth: Auth, email: string, password: string): Promise<boolean> {
  const { internalAdapter, password: hasher } = await auth.$context
  const found = await internalAdapter.findUserByEmail(email.trim().toLowerCase(), { includeAccounts: true })
  if (!found) return false
  const userId = found.user.id
  const hash = await hasher.hash(password)
  if (found.accounts.some((account) => account.providerId === 'credential')) {
    await internalAdapter.updatePassword(userId, hash)
  } else {
    await internalAdapter.linkAccount({ userId, providerId: 'credential', accountId: userId, password: hash })
  }
  await internalAdapter.deleteUserSessions(userId)
  return true
}
