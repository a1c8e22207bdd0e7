import { randomInt } from 'node:crypto'
import type { Auth } from './create-auth.ts'
import { CODE_ALPHABET, readableCode } from './readable-code.ts'

/** A random password of 79 bits in four groups of four: `k7m2-…`. */
export const createPassword = (): string => readableCode(() => randomInt(CODE_ALPHABET.length))

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
