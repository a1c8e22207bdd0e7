import { ATTEMPT_LIMITS, takeAttempt } from '@eungmo/api/attempts/attempt-budget'
import { createKnownBrowser, readKnownBrowser } from '@eungmo/api/attempts/known-browser'
import type { Dependencies } from '@eungmo/api/dependencies'
import type { RequestEvent } from '@sveltejs/kit'
import { recordAccountAccess } from './access-hooks.ts'
import { type AuthFailure, type AuthResponse, callAuth } from './call-auth.ts'
import type { Auth } from './create-auth.ts'
import { logOrFail } from './log-or-fail.ts'

interface Visitor extends Pick<RequestEvent, 'request' | 'getClientAddress'> {
  cookies: Pick<RequestEvent['cookies'], 'get' | 'set'>
}

const KNOWN_BROWSER_COOKIE = 'eungmo.known_browser'
const YEAR_S = 365 * 24 * 60 * 60

/** The `code` of a response to somebody who has guessed too often. */
export const TOO_MANY_ATTEMPTS = 'TOO_MANY_ATTEMPTS'

/** To somebody whose attempts are used up: the password is not even looked at. */
export const exhaustedResponse = (): AuthFailure => ({
  ok: false,
  status: 429,
  code: TOO_MANY_ATTEMPTS,
  retryAfter: ATTEMPT_LIMITS.firstWaitMs / 1000,
})

/**
 * Signs in with e-mail address and password. Wrong passwords of one address use up its budget, from
 * wherever they come and whether or not it has an account; then the response is 429, without a look at the password. A
 * browser that has signed in to the account before has a budget of its own. Failures stand in the access log;
 * the response is 503 where that cannot be written.
 */
export async function signIn(
  auth: Auth,
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'observe'>,
  visitor: Visitor,
  { email, password }: { email: string; password: string },
): Promise<AuthResponse> {
  const account = email.trim().toLowerCase()
  const cookie = visitor.cookies.get(KNOWN_BROWSER_COOKIE)
  const browser = cookie === undefined ? null : readKnownBrowser(dependencies, account, cookie)
  const attempt = await takeAttempt(dependencies, {
    purpose: 'sign-in',
    proof: 'password',
    subjects: [browser === null ? account : `${account}\0${browser}`],
  })
  const failureOf = () =>
    logOrFail(auth, () =>
      recordAccountAccess(dependencies.db, {
        user: { email: account },
        action: 'fail-sign-in',
        clientAddress: visitor.getClientAddress(),
      }),
    )
  if (!attempt.allowed) {
    await attempt.settle(false)
    return (await failureOf()) ?? exhaustedResponse()
  }
  const response = await callAuth(auth, visitor, '/sign-in/email', { email: account, password })
  // What was turned away for another reason was no guess.
  await attempt.settle(response.ok || response.status === 429 || response.status >= 500)
  if (!response.ok && response.status === 401) return (await failureOf()) ?? response
  if (response.ok && browser === null) {
    visitor.cookies.set(KNOWN_BROWSER_COOKIE, createKnownBrowser(dependencies, account), {
      path: '/login',
      httpOnly: true,
      sameSite: 'lax',
      secure: auth.options.advanced.useSecureCookies,
      maxAge: YEAR_S,
    })
  }
  return response
}
