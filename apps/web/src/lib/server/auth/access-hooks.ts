import { getCurrentAuthEndpointContext } from '@better-auth/core/context'
import { DomainError } from '@eungmo/api/errors/domain-error'
import type { Database } from '@eungmo/db/connection/client'
import {
  type AccessAction,
  type AccountAccess,
  insertAccess,
  insertAccountAccess,
} from '@eungmo/db/queries/access-log'
import { findMembership } from '@eungmo/db/queries/shop-members'
import { getSessionFromCtx } from 'better-auth/api'
import { CLIENT_ADDRESS_HEADER } from './client-address-header.ts'

const RETRY_AFTER_S = 5
/** Of what a command does on the server. */
const NO_ADDRESS = 'command'

interface EndpointContext {
  headers?: Headers | undefined
  path?: string | undefined
}

const addressOf = (context: EndpointContext | null) =>
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
export const recordAccountAccess = (db: Database, access: AccountAccess): Promise<void> =>
  orUnavailable(insertAccountAccess(db, access))

/** better-auth's hooks on sessions: the one place that logs sign-ins and ends of sessions. */
export const sessionAccessHooks = (db: Database) => ({
  create: {
    before: async ({ userId: id }: { userId: string }, context: EndpointContext | null) => {
      // The session of the browser in which the password was changed is replaced, not begun.
      if (context?.path === '/change-password') return
      await recordAccountAccess(db, { user: { id }, action: 'sign-in', clientAddress: addressOf(context) })
    },
  },
  delete: {
    before: ({ userId: id }: { userId: string }, context: EndpointContext | null) => {
      const action = context?.path === '/sign-out' ? 'sign-out' : 'end-sessions'
      return recordAccountAccess(db, { user: { id }, action, clientAddress: addressOf(context) })
    },
  },
})

interface InShop {
  organization: { id: string }
}

/**
 * better-auth's hooks on a shop's members: the one place that logs who may see its data. They run after
 * better-auth has authorised the change, and before it.
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
    beforeUpdateMemberRole: ({ organization, user }: InShop & { user: { id: string } }) =>
      record('change-role', organization.id, user.id),
    beforeRemoveMember: ({ organization, user }: InShop & { user: { id: string } }) =>
      record('remove-member', organization.id, user.id),
  }
}
