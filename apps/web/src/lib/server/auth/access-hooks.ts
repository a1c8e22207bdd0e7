import type { GenericEndpointContext } from '@better-auth/core'
import { getCurrentAuthEndpointContext } from '@better-auth/core/context'
import { DomainError } from '@eungmo/api/errors/domain-error'
import type { Database, Executor } from '@eungmo/db/connection/client'
import {
  type AccessAction,
  type AccountAccess,
  insertAccess,
  insertAccountAccess,
} from '@eungmo/db/queries/access-log'
import { hasSecondFactor } from '@eungmo/db/queries/second-factors'
import { findMembership } from '@eungmo/db/queries/shop-members'
import { endSessionOfToken } from '@eungmo/db/queries/user-sessions'
import { getSessionFromCtx } from 'better-auth/api'
import { CLIENT_ADDRESS_HEADER } from './client-address-header.ts'
import { isTrustedDevice } from './trusted-device.ts'

const RETRY_AFTER_S = 5
/** Of what a command does on the server. */
const NO_ADDRESS = 'command'

interface EndpointContext {
  headers?: Headers | undefined
  path?: string | undefined
}

/** What a sign-in proves, by the endpoint that begins the session. */
const SIGN_IN_ACTIONS: Partial<Record<string, AccessAction>> = {
  '/two-factor/verify-totp': 'sign-in',
  '/two-factor/verify-backup-code': 'use-recovery-code',
  // Both factors at once: the device, and its PIN or fingerprint (passkey-plugin.ts).
  '/passkey/verify-authentication': 'sign-in',
}

/** Where the request came from. */
export const addressOf = (context: EndpointContext | Request | null | undefined) =>
  context?.headers?.get(CLIENT_ADDRESS_HEADER) ?? NO_ADDRESS

/** Throws UNAVAILABLE where the line cannot be written: what it is about must not happen then. */
async function orUnavailable(write: Promise<void>): Promise<void> {
  try {
    await write
  } catch (cause) {
    throw new DomainError('UNAVAILABLE', { retryAfter: RETRY_AFTER_S }, { cause })
  }
}

/** Appends what somebody does with an account to the access log. Throws UNAVAILABLE. */
export const recordAccountAccess = (db: Executor, access: AccountAccess): Promise<void> =>
  orUnavailable(insertAccountAccess(db, access))

/** better-auth's hooks on sessions: the one place that logs sign-ins and ends of sessions. */
export const sessionAccessHooks = (db: Database) => ({
  create: {
    before: async ({ userId }: { userId: string }, context: GenericEndpointContext | null) => {
      const path = context?.path ?? ''
      // The session of the browser in which the password was changed is replaced, not begun.
      if (context && path === '/change-password') {
        return { data: { secondFactor: context.context.session?.session.secondFactor === true } }
      }
      // A session that begins inside another one, at this path: the first code of an authenticator app.
      const isSetUp =
        context?.path === '/two-factor/verify-totp' && (await getSessionFromCtx(context)) !== null
      const hasProved =
        path in SIGN_IN_ACTIONS || (context !== null && (await isTrustedDevice(context, userId)))
      const isPending = !hasProved && (await hasSecondFactor(db, { userId }))
      const action = isSetUp
        ? 'add-second-factor'
        : (SIGN_IN_ACTIONS[path] ?? (isPending ? 'await-second-factor' : 'sign-in'))
      await recordAccountAccess(db, { user: { id: userId }, action, clientAddress: addressOf(context) })
      return { data: { secondFactor: hasProved } }
    },
    after: ({ userId }: { userId: string }, context: GenericEndpointContext | null) =>
      endReplacedSession(db, userId, context),
  },
  delete: {
    before: async ({ userId: id }: { userId: string }, context: GenericEndpointContext | null) => {
      // better-auth begins a session for the password, and ends it where the second factor is missing; and it
      // replaces the session in which an authenticator app is confirmed.
      if (context?.path === '/sign-in/email' || context?.path === '/two-factor/verify-totp') return
      const action = context?.path === '/sign-out' ? 'sign-out' : 'end-sessions'
      await recordAccountAccess(db, { user: { id }, action, clientAddress: addressOf(context) })
    },
  },
})

/**
 * Ends the session that the browser had before it signed in as `userId` (OWASP ASVS 7.2.4): its cookie is replaced, and a
 * copy of it must not stay valid. The line of the sign-in stands for it, unless it was another account's.
 * Throws UNAVAILABLE where that line cannot be written.
 */
async function endReplacedSession(
  db: Database,
  userId: string,
  context: GenericEndpointContext | null,
): Promise<void> {
  // In an endpoint for people who are signed in, better-auth replaces the session itself.
  if (!context || context.context.session) return
  const { authCookies, secret } = context.context
  const token = await context.getSignedCookie(authCookies.sessionToken.name, secret)
  if (!token) return
  await db.transaction(async (tx) => {
    const endedUserId = await endSessionOfToken(tx, { token })
    if (endedUserId === undefined || endedUserId === userId) return
    const account = { user: { id: endedUserId }, clientAddress: addressOf(context) }
    await recordAccountAccess(tx, { ...account, action: 'end-sessions' })
  })
}

interface InShop {
  organization: { id: string }
}

/**
 * better-auth's hooks on a shop's invitations, which log them. They run after better-auth has authorised the
 * change, and before it. What becomes of members is logged where it changes (packages/api/src/shops).
 */
export function memberAccessHooks(db: Database) {
  async function record(action: AccessAction, shopId: string, subjectId: string | null): Promise<void> {
    const context = getCurrentAuthEndpointContext()
    const session = await getSessionFromCtx(context as Parameters<typeof getSessionFromCtx>[0])
    const actorId = session?.user.id ?? null
    const membership = actorId && (await findMembership(db, { userId: actorId, preferredShopId: shopId }))
    await orUnavailable(
      insertAccess(db, {
        id: Bun.randomUUIDv7(),
        shopId,
        actorKind: actorId === null ? null : 'user',
        actorId,
        actorRole: membership && membership.shopId === shopId ? membership.role : null,
        clientAddress: addressOf(context),
        action,
        subjectId,
      }),
    )
  }
  return {
    beforeCreateInvitation: ({ organization }: InShop) => record('invite-member', organization.id, null),
    beforeCancelInvitation: ({ organization, invitation }: InShop & { invitation: { id: string } }) =>
      record('cancel-invitation', organization.id, invitation.id),
    beforeAcceptInvitation: ({ organization, user }: InShop & { user: { id: string } }) =>
      record('add-member', organization.id, user.id),
  }
}
