import type { Database } from '@eungmo/db/connection/client'
import { removeSecondFactors } from '@eungmo/db/queries/second-factors'
import { deleteVerificationsOf } from '@eungmo/db/queries/verifications'
import type { Auth } from './create-auth.ts'
import { randomReadableCode } from './readable-code.ts'

/** A random password of 79 bits in four groups of four: `k7m2-…`. */
export const createPassword = (): string => randomReadableCode()

/**
 * For a person who has lost the password or the device: sets a new password, also for one who has only signed in
 * with a provider, removes every second factor, and ends the user's sessions and links to reset the password.
 * Resolves with false where no user has that e-mail address.
 */
export async function resetPassword(
  auth: Auth,
  db: Database,
  email: string,
  password: string,
): Promise<boolean> {
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
  await removeSecondFactors(db, { userId })
  await deleteVerificationsOf(db, { userId })
  await internalAdapter.deleteUserSessions(userId)
  return true
}
