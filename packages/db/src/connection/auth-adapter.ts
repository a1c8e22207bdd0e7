import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import {
  accounts,
  authRateLimits,
  sessions,
  shopInvitations,
  shopMembers,
  shops,
  users,
  verifications,
} from '../schema/auth.ts'
import type { Database } from './client.ts'

/** better-auth's view of our tables; the keys are the model names that `authModels` gives it. */
const schema = {
  users,
  sessions,
  accounts,
  verifications,
  authRateLimits,
  shops,
  shopMembers,
  shopInvitations,
}

/** How better-auth's models are called here: an organization is a shop. */
export const authModels = {
  user: 'users',
  session: 'sessions',
  account: 'accounts',
  verification: 'verifications',
  rateLimit: 'authRateLimits',
  organizationPlugin: {
    organization: { modelName: 'shops' },
    member: { modelName: 'shopMembers', fields: { organizationId: 'shopId' } },
    invitation: { modelName: 'shopInvitations', fields: { organizationId: 'shopId' } },
    session: { fields: { activeOrganizationId: 'activeShopId' } },
  },
} as const

/** The adapter that better-auth stores users, sessions and shops through; several writes of one request are one transaction. */
export function authDatabase(db: Database): ReturnType<typeof drizzleAdapter> {
  return drizzleAdapter(db, { provider: 'pg', schema, transaction: true })
}
