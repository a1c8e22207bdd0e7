import { getCurrentAdapter } from '@better-auth/core/context'
import { shopName } from '@eungmo/api/shops/schema'
import { token, uuid } from '@eungmo/api/validation/fields'
import type { SignUpMode } from '@eungmo/config/sign-up-mode'
import { errorCode } from '@eungmo/db/connection/statement-error'
import type { BetterAuthPlugin, DBAdapter } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { z } from 'zod'
import { isSetupCode } from './setup-code.ts'

/** The `code` of a response to somebody who may not create an account here. */
export const SIGN_UP_NOT_ALLOWED = 'SIGN_UP_NOT_ALLOWED'

export interface SignUpRules {
  mode: SignUpMode
  /** What the first owner signs up with (setup-code.ts). */
  setupCode: string
}

/**
 * Id of the row that the first owner's sign-up inserts: of two that use the code at once, the second waits for
 * the first and then fails.
 */
const FIRST_OWNER_ID = '00000000-0000-7000-8000-000000000001'
const FIRST_OWNER_ROW_LIFETIME_MS = 24 * 60 * 60 * 1000
const UNIQUE_VIOLATION = '23505'

/** What our pages add to better-auth's fields of a sign-up. */
const passes = z.object({
  setupCode: token(100).optional(),
  invitationId: uuid.optional(),
  shopName: shopName.optional(),
})

interface NewUser {
  email: string
  /** Whether a provider vouches for the address. */
  emailVerified?: boolean | undefined
}

type Store = Pick<DBAdapter, 'findOne' | 'create'>

const notAllowed = () => new APIError('BAD_REQUEST', { code: SIGN_UP_NOT_ALLOWED })

async function isInvited(store: Store, user: NewUser, invitationId: string | undefined): Promise<boolean> {
  if (invitationId === undefined && !user.emailVerified) return false
  const invitation = await store.findOne({
    model: 'invitation',
    where: [
      { field: 'email', value: user.email.toLowerCase() },
      { field: 'status', value: 'pending' },
      { field: 'expiresAt', operator: 'gt', value: new Date() },
      ...(invitationId === undefined ? [] : [{ field: 'id', value: invitationId }]),
    ],
  })
  return invitation !== null
}

/** Runs in the transaction that stores the user. Throws SIGN_UP_NOT_ALLOWED where another was first. */
async function useSetupCode(store: Store): Promise<void> {
  const expiresAt = new Date(Date.now() + FIRST_OWNER_ROW_LIFETIME_MS)
  const data = { id: FIRST_OWNER_ID, identifier: 'first-owner', value: '', expiresAt }
  try {
    await store.create({ model: 'verification', data, forceAllowId: true })
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    throw [error, cause].some((each) => errorCode(each) === UNIQUE_VIOLATION) ? notAllowed() : error
  }
}

/**
 * better-auth's plugin that decides who may create an account, whichever way: with a password or by signing in
 * with a provider for the first time. A sign-up is rejected with SIGN_UP_NOT_ALLOWED before its address is
 * looked up, so that the response does not tell whether that has an account.
 */
export function signUpRules({ mode, setupCode }: SignUpRules): BetterAuthPlugin {
  /**
   * Throws SIGN_UP_NOT_ALLOWED. Reads through `store`, since a sign-up holds a connection already: with a
   * second one each, many at once would use up the pool and wait for each other.
   */
  async function requireAllowed(
    store: Store,
    user: NewUser,
    body: unknown,
  ): Promise<'first-owner' | 'other'> {
    if (mode === 'open') return 'other'
    const { data = {} } = passes.safeParse(body ?? {})
    const hasCode = data.shopName !== undefined && isSetupCode(data.setupCode ?? '', setupCode)
    const isOwner = [{ field: 'role', value: 'owner' }]
    if (hasCode && !(await store.findOne({ model: 'member', where: isOwner }))) return 'first-owner'
    if (mode === 'invite' && (await isInvited(store, user, data.invitationId))) return 'other'
    throw notAllowed()
  }
  const before = createAuthMiddleware(async ({ body, context }) => {
    const { data } = z.object({ email: token(200) }).safeParse(body)
    if (data) await requireAllowed(context.adapter, data, body)
  })
  return {
    id: 'sign-up-rules',
    hooks: { before: [{ matcher: ({ path }) => path === '/sign-up/email', handler: before }] },
    init: ({ adapter }) => ({
      options: {
        databaseHooks: {
          user: {
            create: {
              before: async (user, context) => {
                const store = await getCurrentAdapter(adapter)
                const way = await requireAllowed(store, user, context?.body)
                if (way === 'first-owner') await useSetupCode(store)
              },
            },
          },
        },
      },
    }),
  }
}
