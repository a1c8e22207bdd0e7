import { defineRequestState } from '@better-auth/core/context'
import type { Database } from '@eungmo/db/connection/client'
import type { BetterAuthPlugin } from 'better-auth'
import { createAuthMiddleware } from 'better-auth/api'
import { addressOf, recordAccountAccess } from './access-hooks.ts'

/** The e-mail address that a provider reported in this request. */
const reported = defineRequestState<{ email: string | null }>(() => ({ email: null }))

/**
 * better-auth's plugin that logs a sign-in with a provider that failed: cancelled there, forged, expired, or of
 * somebody whose address belongs to another account. It names that account, as a wrong password does. The
 * request fails with UNAVAILABLE where the line cannot be written.
 */
export const providerAccessLog = (db: Database): BetterAuthPlugin => ({
  id: 'provider-access-log',
  init: ({ socialProviders }) => ({
    context: {
      socialProviders: socialProviders.map((provider) => ({
        ...provider,
        async getUserInfo(tokens) {
          const result = await provider.getUserInfo(tokens)
          const state = await reported.get()
          state.email = result?.user.email?.toLowerCase() ?? null
          return result
        },
      })),
    },
  }),
  hooks: {
    after: [
      {
        matcher: ({ path }) => path === '/callback/:id',
        handler: createAuthMiddleware(async (context) => {
          // A sign-in that succeeded is logged where its session begins.
          if (context.context.newSession) return
          const { email } = await reported.get()
          await recordAccountAccess(db, {
            user: email === null ? null : { email },
            action: 'fail-sign-in',
            clientAddress: addressOf(context),
          })
        }),
      },
    ],
  },
})
