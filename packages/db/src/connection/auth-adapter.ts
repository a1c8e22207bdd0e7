import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import {
  accounts,
  authRateLimits,
  passkeys,
  sessions,
  shopInvitations,
  shopMembers,
  twoFactors,
  users,
  verifications,
} from '../schema/auth.ts'
import { shops } from '../schema/shops.ts'
import type { Database } from './client.ts'

/** The tables that better-auth uses, under the model names in `authModels`. */
const schema = {
  users,
  sessions,
  accounts,
  verifications,
  authRateLimits,
  shops,
  shopMembers,
  shopInvitations,
  twoFactors,
  passkeys,
}

/** Names of better-auth's models in this product: an organization is a shop. */
export const authModels = {
  user: 'users',
  session: 'sessions',
  account: 'accounts',
  verification: 'verifications',
  rateLimit: 'authRateLimits',
  twoFactor: 'twoFactors',
  passkey: 'passkeys',
  organizationPlugin: {
    organization: { modelName: 'shops' },
    member: { modelName: 'shopMembers', fields: { organizationId: 'shopId' } },
    invitation: { modelName: 'shopInvitations', fields: { organizationId: 'shopId' } },
    session: { fields: { activeOrganizationId: 'activeShopId' } },
  },
} as const

/**
 * The adapter through which better-auth stores users, sessions and shops. The writes of one request form one
 * transaction.
 */
export function authDatabase(db: Database): ReturnType<typeof drizzleAdapter> {
  return drizzleAdapter(db, { provider: 'pg', schema, transaction: true })
}
