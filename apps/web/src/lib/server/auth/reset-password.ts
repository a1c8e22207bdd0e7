import { randomInt } from 'node:crypto'
import type { Auth } from './create-auth.ts'

/** Letters and digits that are not mistaken for one another when read out. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Four groups of four, 79 bits: `k7m2-…`. */
export function makePassword(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

/** Gives a user a new password, also one who signed in with Kakao or Google only, and ends the sessions. False: nobody has that e-mail. */
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
