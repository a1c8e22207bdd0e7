import { takeAttempt } from '@eungmo/api/attempts/attempt-budget'
import type { Dependencies } from '@eungmo/api/dependencies'
import { type AuthResponse, callAuth, type Visitor } from './call-auth.ts'
import type { Auth } from './create-auth.ts'
import { exhaustedResponse } from './sign-in.ts'

/**
 * Invites an e-mail address to a shop as staff, by e-mail where that is set up. Each invitation uses up a budget of
 * the address, whichever shop it comes from: where anybody may open a shop, shops must not fill a stranger's mailbox.
 */
export async function inviteStaff(
  auth: Auth,
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'observe'>,
  visitor: Visitor,
  { shopId, email }: { shopId: string; email: string },
): Promise<AuthResponse> {
  const attempt = await takeAttempt(dependencies, {
    purpose: 'invite',
    proof: 'e-mail',
    subjects: [email.trim().toLowerCase()],
  })
  if (!attempt.allowed) {
    await attempt.settle(false)
    return exhaustedResponse()
  }
  const invitation = { organizationId: shopId, email, role: 'staff' }
  const response = await callAuth(auth, visitor, '/organization/invite-member', invitation)
  // What was turned away was not sent.
  await attempt.settle(!response.ok)
  return response
}
