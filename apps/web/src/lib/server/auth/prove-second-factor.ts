import { type AttemptOutcome, takeAttempt } from '@eungmo/api/attempts/attempt-budget'
import type { Dependencies } from '@eungmo/api/dependencies'
import { DAY_MS } from '@eungmo/api/seoul-time'
import { markAuthenticated } from '@eungmo/db/queries/user-sessions'
import { parseCookies } from 'better-auth/cookies'
import { recordAccountAccess } from './access-hooks.ts'
import { type AuthFailure, type AuthResponse, callAuth, type Visitor } from './call-auth.ts'
import type { Auth } from './create-auth.ts'
import { logOrFail } from './log-or-fail.ts'
import { readRecoveryCode } from './recovery-codes.ts'
import { exhaustedResponse } from './sign-in.ts'

/** better-auth accepts a code for 90 s. */
const CODE_LIFETIME_MS = 120_000

/** The `code` of a response to a code that was right, and used before. */
export const CODE_USED = 'CODE_USED'
/** The `code` of a response to somebody whose sign-in with a password has expired. */
export const SIGN_IN_EXPIRED = 'SIGN_IN_EXPIRED'

export interface SecondFactorProof {
  /** A code of the authenticator app, or a recovery code. */
  kind: 'app' | 'recovery'
  code: string
  /** Whether this browser is not asked again for 30 days. */
  trustDevice: boolean
  /** `set-up` confirms an app; `prove` needs a confirmed one. */
  purpose: 'prove' | 'set-up'
}

type Needs = Pick<Dependencies, 'db' | 'secrets' | 'observe'>

/**
 * Proves the second factor of the account whose password was right, or who is signed in: the session then counts
 * as proved, and as of now. Wrong codes use up a budget of the account, and each code of the app works once.
 * Failures stand in the access log; the response is 503 where that cannot be written.
 */
export async function proveSecondFactor(
  auth: Auth,
  dependencies: Needs,
  visitor: Visitor,
  { kind, code, trustDevice, purpose }: SecondFactorProof,
): Promise<AuthResponse> {
  const current = await auth.api.getSession({
    headers: visitor.request.headers,
    query: { disableRefresh: true },
  })
  const userId = current?.user.id ?? (await findPendingUser(auth, visitor.request))
  if (!userId) return failure(401, SIGN_IN_EXPIRED)
  const isConfirmed = !current || current.user.twoFactorEnabled === true
  if (kind === 'app' && isConfirmed !== (purpose === 'prove')) return failure(400, '')

  const attempt = await takeAttempt(dependencies, {
    purpose: 'second-factor',
    proof: 'code',
    subjects: [userId],
  })
  if (!attempt.allowed) {
    await attempt.settle(false)
    return exhaustedResponse()
  }
  const first = kind === 'app' ? await takeOneTimeCode(dependencies, userId, code) : undefined
  const response =
    first?.allowed === false
      ? failure(401, CODE_USED)
      : await callAuth(
          auth,
          visitor,
          kind === 'app' ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code',
          {
            code: kind === 'app' ? code : readRecoveryCode(code),
            trustDevice,
          },
        )
  await first?.settle(false)
  // What was turned away for another reason was no guess.
  await attempt.settle(response.ok || response.status === 429 || response.status >= 500)

  const account = { user: { id: userId }, clientAddress: visitor.getClientAddress() }
  if (!response.ok) {
    if (response.status !== 401) return response
    return (
      (await logOrFail(auth, () =>
        recordAccountAccess(dependencies.db, { ...account, action: 'fail-second-factor' }),
      )) ?? response
    )
  }
  // Without a session, or at the set-up, better-auth has begun a session, which is logged and marked by its hooks.
  if (!current || purpose === 'set-up') return response
  const { id: sessionId, secondFactor } = current.session
  const again = secondFactor ? 'sign-in-again' : 'sign-in'
  const failed = await logOrFail(auth, () =>
    recordAccountAccess(dependencies.db, {
      ...account,
      action: kind === 'app' ? again : 'use-recovery-code',
    }),
  )
  if (failed) return failed
  await markAuthenticated(dependencies.db, { sessionId, secondFactor: true })
  return response
}

const failure = (status: number, code: string): AuthFailure => ({ ok: false, status, code, retryAfter: 0 })

/** A code of an app works once, as RFC 6238 demands: trying it is an attempt of which there is one. */
const takeOneTimeCode = (dependencies: Needs, userId: string, code: string): Promise<AttemptOutcome> =>
  takeAttempt(
    dependencies,
    { purpose: 'one-time-code', proof: 'code', subjects: [`${userId}\0${code}`] },
    { free: 1, firstWaitMs: CODE_LIFETIME_MS, periodMs: DAY_MS },
  )

/** The user whose password was right in this browser within the last ten minutes. */
export async function findPendingUser(auth: Auth, request: Request): Promise<string | undefined> {
  const { createAuthCookie, internalAdapter } = await auth.$context
  const cookies = parseCookies(request.headers.get('cookie') ?? '')
  const value = cookies.get(createAuthCookie('two_factor').name)
  // better-auth checks the signature, which follows the identifier, before it accepts a code.
  const identifier = value && decodeURIComponent(value).split('.')[0]
  const pending = identifier && (await internalAdapter.findVerificationValue(identifier))
  return pending && pending.expiresAt > new Date() ? pending.value : undefined
}
