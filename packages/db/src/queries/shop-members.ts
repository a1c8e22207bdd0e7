import { and, asc, eq, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { shopMembers, users } from '../schema/auth.ts'
import { shops } from '../schema/shops.ts'

export type ShopRole = 'owner' | 'staff'

export interface Membership {
  shopId: string
  role: ShopRole
}

export const toRole = (role: string): ShopRole => (role === 'owner' ? 'owner' : 'staff')

/**
 * The shop that a user acts for: `preferredShopId` if the user is a member of it, otherwise the one joined
 * first.
 */
export async function findMembership(
  executor: Executor,
  { userId, preferredShopId }: { userId: string; preferredShopId: string | null },
): Promise<Membership | undefined> {
  const [row] = await executor
    .select({ shopId: shopMembers.shopId, role: shopMembers.role })
    .from(shopMembers)
    .where(eq(shopMembers.userId, userId))
    .orderBy(
      sql`(${shopMembers.shopId} = ${preferredShopId}::uuid) desc nulls last`,
      asc(shopMembers.createdAt),
      asc(shopMembers.id),
    )
    .limit(1)
  return row && { shopId: row.shopId, role: toRole(row.role) }
}

/** Whether any shop has an owner: false in a new installation. */
export async function ownerExists(executor: Executor): Promise<boolean> {
  const rows = await executor
    .select({ id: shopMembers.id })
    .from(shopMembers)
    .where(eq(shopMembers.role, 'owner'))
    .limit(1)
  return rows.length > 0
}

/** What the owner pages show of the signed-in member, or undefined. */
export async function describeMember(
  executor: Executor,
  { userId, shopId }: { userId: string; shopId: string },
): Promise<{ userName: string; email: string; shopName: string; shopCount: number } | undefined> {
  const [row] = await executor
    .select({
      userName: users.name,
      email: users.email,
      shopName: shops.name,
      shopCount: sql<number>`(select count(*)::int from ${shopMembers} m where m.user_id = ${userId})`,
    })
    .from(shopMembers)
    .innerJoin(users, eq(users.id, shopMembers.userId))
    .innerJoin(shops, eq(shops.id, shopMembers.shopId))
    .where(and(eq(shopMembers.userId, userId), eq(shopMembers.shopId, shopId)))
  return row
}

/** The shops that a user belongs to, in the order of joining. */
export async function listShopsOfUser(
  executor: Executor,
  { userId }: { userId: string },
): Promise<{ shopId: string; name: string; role: ShopRole }[]> {
  const rows = await executor
    .select({ shopId: shops.id, name: shops.name, role: shopMembers.role })
    .from(shopMembers)
    .innerJoin(shops, eq(shops.id, shopMembers.shopId))
    .where(eq(shopMembers.userId, userId))
    .orderBy(asc(shopMembers.createdAt), asc(shopMembers.id))
  return rows.map((row) => ({ ...row, role: toRole(row.role) }))
}

/** The members of a shop, owners first. */
export async function listShopMembers(executor: Executor, { shopId }: { shopId: string }) {
  const rows = await executor
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
  return rows.map((row) => ({ ...row, role: toRole(row.role) }))
}
