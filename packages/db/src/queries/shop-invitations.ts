import { and, asc, eq, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { shopInvitations, shops } from '../schema/index.ts'

/** It was neither accepted, declined nor cancelled, and has not expired. */
const isOpen = and(eq(shopInvitations.status, 'pending'), sql`${shopInvitations.expiresAt} > now()`)

/** An invitation as its recipient sees it, while it can still be accepted; otherwise undefined. */
export async function findOpenInvitation(executor: Executor, { invitationId }: { invitationId: string }) {
  const [row] = await executor
    .select({ id: shopInvitations.id, email: shopInvitations.email, shopName: shops.name })
    .from(shopInvitations)
    .innerJoin(shops, eq(shops.id, shopInvitations.shopId))
    .where(and(eq(shopInvitations.id, invitationId), isOpen))
  return row
}

/** The invitations of a shop that can still be accepted, oldest first. */
export async function listOpenInvitations(executor: Executor, { shopId }: { shopId: string }) {
  return executor
    .select({ id: shopInvitations.id, email: shopInvitations.email, expiresAt: shopInvitations.expiresAt })
    .from(shopInvitations)
    .where(and(eq(shopInvitations.shopId, shopId), isOpen))
    .orderBy(asc(shopInvitations.createdAt))
}
