import type { RequestEvent } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import type { AuthFailure } from '../auth/call-auth.ts'
import { findPasswordFlaw } from '../auth/password-rules.ts'
import { CODE_USED, type SecondFactorProof } from '../auth/prove-second-factor.ts'
import { TOO_MANY_ATTEMPTS } from '../auth/sign-in.ts'

/** The sentence next to a new password; undefined when it is good. */
export async function newPasswordError(
  password: string,
  knownWords: readonly string[],
): Promise<string | undefined> {
  const flaw = await findPasswordFlaw(password, knownWords)
  if (flaw === undefined) return undefined
  return flaw === 'short' ? m.sign_up_password_short() : m.sign_up_password_common()
}

/**
 * The sentence for a request that sign-in turned away because of too much at once, with Retry-After on the
 * response; undefined for any other failure.
 */
export function tooMuchError(
  event: Pick<RequestEvent, 'setHeaders'>,
  { status, code, retryAfter }: AuthFailure,
): string | undefined {
  if (status !== 429 && status !== 503) return undefined
  if (retryAfter > 0) event.setHeaders({ 'retry-after': String(retryAfter) })
  if (status === 503) return m.login_busy()
  return code === TOO_MANY_ATTEMPTS ? m.login_too_many_attempts() : m.login_too_often()
}

/** The sentence next to a code that did not prove the second factor. */
export function codeError(
  event: Pick<RequestEvent, 'setHeaders'>,
  response: AuthFailure,
  kind: SecondFactorProof['kind'],
): string {
  if (response.code === TOO_MANY_ATTEMPTS) return m.factor_too_many()
  const tooMuch = tooMuchError(event, response)
  if (tooMuch) return tooMuch
  if (response.code === CODE_USED) return m.factor_code_used()
  return kind === 'app' ? m.factor_code_wrong() : m.factor_recovery_wrong()
}
