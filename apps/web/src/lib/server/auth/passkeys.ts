import { asDomainError } from '@eungmo/api/errors/as-domain-error'
import type { Database } from '@eungmo/db/connection/client'
import { findPasskeyUser } from '@eungmo/db/queries/passkeys'
import { markAuthenticated } from '@eungmo/db/queries/user-sessions'
import { recordAccountAccess } from './access-hooks.ts'
import { withCause, withObservedCause } from './auth-cause.ts'
import { type AuthFailure, type AuthResponse, callAuth, copyCookies, type Visitor } from './call-auth.ts'
import type { Auth } from './create-auth.ts'
import { logOrFail } from './log-or-fail.ts'
import {
  authenticationOptions,
  authenticationResponse,
  readResponse,
  registrationResponse,
} from './passkey-responses.ts'

const RETRY_AFTER_S = 5

const failure = (status: number, retryAfter = 0): AuthFailure => ({ ok: false, status, code: '', retryAfter })

/** What the browser of a signed-in person needs to create a passkey. */
export async function passkeyOptions(auth: Auth, visitor: Visitor) {
  const { headers, response } = await withCause(() =>
    auth.api.generatePasskeyRegistrationOptions({ headers: visitor.request.headers, returnHeaders: true }),
  )
  copyCookies(headers, visitor.cookies)
  return response
}

/**
 * Stores the passkey that the device of a signed-in person has created, with a line in the access log. The session
 * has then proved a second factor.
 * @param text the device's response, as JSON
 */
export async function storePasskey(
  auth: Auth,
  db: Database,
  visitor: Visitor,
  text: string | undefined,
): Promise<AuthResponse> {
  const created = readResponse(registrationResponse, text)
  if (!created) return failure(400)
  const { headers } = visitor.request
  const current = await auth.api.getSession({ headers, query: { disableRefresh: true } })
  if (!current) return failure(401)
  const response = await verify(auth, visitor, '/passkey/verify-registration', created)
  if (response.ok) await markAuthenticated(db, { sessionId: current.session.id, secondFactor: true })
  return response
}

/** What a browser needs to sign in by passkey: of any account, or of the one whose second factor is missing. */
export async function passkeySignInOptions(auth: Auth, visitor: Visitor) {
  const response = await callAuth(auth, visitor, '/passkey/generate-authenticate-options', null)
  if (!response.ok) return response
  // better-auth only prefers that the device checks PIN or fingerprint.
  return {
    ok: true,
    options: { ...authenticationOptions.parse(response.body), userVerification: 'required' },
  } as const
}

/**
 * Signs in by passkey, which counts as both factors. Failures stand in the access log; the response is 503 where
 * that cannot be written.
 * @param text the device's response, as JSON
 */
export async function signInByPasskey(
  auth: Auth,
  db: Database,
  visitor: Visitor,
  text: string | undefined,
): Promise<AuthResponse> {
  const signed = readResponse(authenticationResponse, text)
  if (!signed) return failure(400)
  const clientAddress = visitor.getClientAddress()
  const response = await verify(auth, visitor, '/passkey/verify-authentication', signed)
  if (response.ok || response.status === 429 || response.status >= 500) return response
  const failed = await logOrFail(auth, async () => {
    const account = await findPasskeyUser(db, { credentialId: signed.id })
    const user = account ? { id: account.userId } : null
    await recordAccountAccess(db, { user, action: 'fail-sign-in', clientAddress })
  })
  return failed ?? response
}

/** better-auth returns 400 or 500 for whatever is thrown while it verifies, the database's errors among them. */
async function verify(auth: Auth, visitor: Visitor, path: string, signed: object): Promise<AuthResponse> {
  const { result, cause } = await withObservedCause(() => callAuth(auth, visitor, path, { response: signed }))
  if (result.ok || !cause) return result
  if (asDomainError(cause).code === 'UNAVAILABLE') return failure(503, RETRY_AFTER_S)
  auth.options.logger.log('warn', 'a passkey was rejected', cause)
  return failure(400)
}
