import { and, asc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { apiKeys, shopInvitations, shopMembers, shops, users } from '../schema/auth.ts'

export type ShopRole = 'owner' | 'staff'

export interface Membership {
  shopId: string
  role: ShopRole
}

const asRole = (role: string): ShopRole => (role === 'owner' ? 'owner' : 'staff')

/** The shop that a user acts for: `preferredShopId` where the user belongs to it, else the one joined first. */
export async function findMembership(
  db: Executor,
  { userId, preferredShopId }: { userId: string; preferredShopId: string | null },
): Promise<Membership | undefined> {
  const [row] = await db
    .select({ shopId: shopMembers.shopId, role: shopMembers.role })
    .from(shopMembers)
    .where(eq(shopMembers.userId, userId))
    .orderBy(
      sql`(${shopMembers.shopId} = ${preferredShopId}::uuid) desc nulls last`,
      asc(shopMembers.createdAt),
    )
    .limit(1)
  return row && { shopId: row.shopId, role: asRole(row.role) }
}

/** The shop and user of a valid key, by the key's hash; a key acts for its shop's owner. Notes at most once a minute that it was used. */
export async function useApiKey(
  db: Executor,
  { hash }: { hash: string },
): Promise<{ id: string; shopId: string; createdBy: string | null } | undefined> {
  const [key] = await db
    .select({
      id: apiKeys.id,
      shopId: apiKeys.shopId,
      createdBy: apiKeys.createdBy,
    })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
  if (!key) return undefined
  await db
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        eq(apiKeys.id, key.id),
        or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, sql`now() - interval '1 minute'`)),
      ),
    )
  return key
}

/** What the owner pages say about who is signed in. */
export async function describeMember(
  db: Executor,
  { userId, shopId }: { userId: string; shopId: string },
): Promise<{ userName: string; email: string; shopName: string } | undefined> {
  const [row] = await db
    .select({ userName: users.name, email: users.email, shopName: shops.name })
    .from(shopMembers)
    .innerJoin(users, eq(users.id, shopMembers.userId))
    .innerJoin(shops, eq(shops.id, shopMembers.shopId))
    .where(and(eq(shopMembers.userId, userId), eq(shopMembers.shopId, shopId)))
  return row
}

/** Everybody of a shop, owners first. */
export async function listShopMembers(db: Executor, { shopId }: { shopId: string }) {
  const rows = await db
    .select({
      memberId: shopMembers.id,
      userId: shopMembers.userId,
      role: shopMembers.role,
      name: users.name,
      email: users.email,
      joinedAt: shopMembers.createdAt,
    })
    .from(shopMembers)
    .innerJoin(users, eq(users.id, shopMembers.userId))
    .where(eq(shopMembers.shopId, shopId))
    .orderBy(sql`${shopMembers.role} = 'owner' desc`, asc(shopMembers.createdAt))
  return rows.map((row) => ({ ...row, role: asRole(row.role) }))
}

/** An invitation as the invited person sees it, while it can still be accepted. */
export async function findOpenInvitation(db: Executor, { invitationId }: { invitationId: string }) {
  const [row] = await db
    .select({ id: shopInvitations.id, email: shopInvitations.email, shopName: shops.name })
    .from(shopInvitations)
    .innerJoin(shops, eq(shops.id, shopInvitations.shopId))
    .where(
      and(
        eq(shopInvitations.id, invitationId),
        eq(shopInvitations.status, 'pending'),
        sql`${shopInvitations.expiresAt} > now()`,
      ),
    )
  return row
}

/** Invitations of a shop that wait to be accepted. */
export async function listOpenInvitations(db: Executor, { shopId }: { shopId: string }) {
  return db
    .select({ id: shopInvitations.id, email: shopInvitations.email, expiresAt: shopInvitations.expiresAt })
    .from(shopInvitations)
    .where(
      and(
        eq(shopInvitations.shopId, shopId),
        eq(shopInvitations.status, 'pending'),
        sql`${shopInvitations.expiresAt} > now()`,
      ),
    )
    .orderBy(asc(shopInvitations.createdAt))
}
