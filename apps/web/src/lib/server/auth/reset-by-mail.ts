import { setTimeout as delay } from 'node:timers/promises'
import { takeAttempt } from '@eungmo/api/attempts/attempt-budget'
import type { Dependencies } from '@eungmo/api/dependencies'
import { type AuthResponse, callAuth, type Visitor } from './call-auth.ts'
import type { Auth } from './create-auth.ts'
import { exhaustedResponse } from './sign-in.ts'

/** Longer than looking up an account and storing a token take. */
const MIN_DURATION_MS = 300

/**
 * Sends a link to set a new password, where the address has an account. Response and duration are the same where
 * it has none. Each request uses up a budget of the address, and of the client (create-auth.ts): nobody's
 * mailbox is filled by strangers.
 */
export async function requestReset(
  auth: Auth,
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'observe'>,
  visitor: Visitor,
  email: string,
): Promise<AuthResponse> {
  const account = email.trim().toLowerCase()
  const attempt = await takeAttempt(dependencies, {
    purpose: 'reset-password',
    proof: 'e-mail',
    subjects: [account],
  })
  await attempt.settle(false)
  if (!attempt.allowed) return exhaustedResponse()
  const [response] = await Promise.all([
    callAuth(auth, visitor, '/request-password-reset', { email: account }),
    delay(MIN_DURATION_MS),
  ])
  return response
}

/** E-mail address and name of the account that a token of a link resets; undefined where it is spent or too old. */
export async function accountOfReset(
  auth: Auth,
  token: string,
): Promise<{ email: string; name: string } | undefined> {
  const { internalAdapter } = await auth.$context
  const found = await internalAdapter.findVerificationValue(`reset-password:${token}`)
  if (!found || found.expiresAt < new Date()) return undefined
  return (await internalAdapter.findUserById(found.value)) ?? undefined
}

/**
 * Sets a new password for the account of a link, once, and ends all of its sessions and other links. The password
 * was checked before (password-rules.ts).
 */
export const resetByMail = (
  auth: Auth,
  visitor: Visitor,
  reset: { token: string; newPassword: string },
): Promise<AuthResponse> => callAuth(auth, visitor, '/reset-password', reset)
