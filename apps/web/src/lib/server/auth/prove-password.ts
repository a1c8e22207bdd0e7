import { takeAttempt } from '@eungmo/api/attempts/attempt-budget'
import type { Dependencies } from '@eungmo/api/dependencies'
import { asDomainError } from '@eungmo/api/errors/as-domain-error'
import { markAuthenticated } from '@eungmo/db/queries/user-sessions'
import { isAPIError } from 'better-auth/api'
import { recordAccountAccess } from './access-hooks.ts'
import { withCause } from './auth-cause.ts'
import type { AuthFailure, Visitor } from './call-auth.ts'
import type { Auth } from './create-auth.ts'
import { logOrFail } from './log-or-fail.ts'
import { exhaustedResponse } from './sign-in.ts'

const RETRY_AFTER_S = 5

/**
 * Proves by the password that the holder of a session is who they were at the sign-in: the session counts as
 * signed in as of now. Wrong passwords use up a budget of the account. Resolves with what failed; undefined where
 * it is proved.
 */
export async function provePassword(
  auth: Auth,
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'observe'>,
  visitor: Pick<Visitor, 'request' | 'getClientAddress'>,
  { userId, sessionId, password }: { userId: string; sessionId: string; password: string },
): Promise<AuthFailure | undefined> {
  const { db } = dependencies
  const attempt = await takeAttempt(dependencies, {
    purpose: 'sign-in-again',
    proof: 'password',
    subjects: [userId],
  })
  if (!attempt.allowed) {
    await attempt.settle(false)
    return exhaustedResponse()
  }
  const failure = await checkPassword(auth, visitor.request.headers, password)
  // What was turned away for another reason was no guess.
  await attempt.settle(failure?.status !== 400)
  if (failure && failure.status !== 400) return failure
  const account = { user: { id: userId }, clientAddress: visitor.getClientAddress() }
  const action = failure ? 'fail-sign-in' : 'sign-in-again'
  const unlogged = await logOrFail(auth, () => recordAccountAccess(db, { ...account, action }))
  if (unlogged ?? failure) return unlogged ?? failure
  await markAuthenticated(db, { sessionId, secondFactor: false })
  return undefined
}

/** Status 400 for a wrong password, 503 where it cannot be checked now. */
async function checkPassword(
  auth: Auth,
  headers: Headers,
  password: string,
): Promise<AuthFailure | undefined> {
  try {
    await withCause(() => auth.api.verifyPassword({ body: { password }, headers }))
    return undefined
  } catch (error) {
    if (isAPIError(error)) return { ok: false, status: error.statusCode, code: '', retryAfter: 0 }
    if (asDomainError(error).code !== 'UNAVAILABLE') throw error
    return { ok: false, status: 503, code: '', retryAfter: RETRY_AFTER_S }
  }
}
