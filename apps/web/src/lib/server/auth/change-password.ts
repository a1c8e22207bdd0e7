import { takeAttempt } from '@eungmo/api/attempts/attempt-budget'
import type { Dependencies } from '@eungmo/api/dependencies'
import { deleteVerificationsOf } from '@eungmo/db/queries/verifications'
import { recordAccountAccess } from './access-hooks.ts'
import { type AuthResponse, callAuth, type Visitor } from './call-auth.ts'
import type { Auth } from './create-auth.ts'
import { logOrFail } from './log-or-fail.ts'
import { exhaustedResponse } from './sign-in.ts'

/**
 * Sets a new password for the signed-in user who knows the present one, ends all of the user's sessions, and
 * gives this browser a new one. Links to reset it end, too. Wrong present passwords use up a budget of the
 * account, and stand in the access log: a browser that was left open is no place to guess them. The new password
 * was checked before (password-rules.ts).
 */
export async function changePassword(
  auth: Auth,
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'observe'>,
  visitor: Visitor,
  { userId, password, newPassword }: { userId: string; password: string; newPassword: string },
): Promise<AuthResponse> {
  const attempt = await takeAttempt(dependencies, {
    purpose: 'change-password',
    proof: 'password',
    subjects: [userId],
  })
  if (!attempt.allowed) {
    await attempt.settle(false)
    return exhaustedResponse()
  }
  const response = await callAuth(auth, visitor, '/change-password', {
    currentPassword: password,
    newPassword,
    revokeOtherSessions: true,
  })
  if (response.ok) {
    await deleteVerificationsOf(dependencies.db, { userId })
    const user = await (await auth.$context).internalAdapter.findUserById(userId)
    if (user) auth.mail?.passwordChanged(user)
  }
  // What was turned away for another reason was no guess.
  await attempt.settle(response.ok || response.status === 429 || response.status >= 500)
  if (response.ok || response.code !== 'INVALID_PASSWORD') return response
  const failed = { user: { id: userId }, clientAddress: visitor.getClientAddress() }
  const write = () => recordAccountAccess(dependencies.db, { ...failed, action: 'fail-sign-in' })
  return (await logOrFail(auth, write)) ?? response
}
