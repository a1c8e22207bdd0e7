import { and, eq, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { shopInvitations } from '../schema/auth.ts'
import { shopMembers } from '../schema/index.ts'
import { shops } from '../schema/shops.ts'
import { type ShopRole, toRole } from './shop-members.ts'

export interface MemberRole {
  memberId: string
  userId: string
  role: ShopRole
}

/**
 * Locks a shop's roles until the transaction ends, and returns its members. Every change of roles runs under
 * this lock: two changes that are right by themselves may leave a shop without an owner together.
 */
export async function lockRoles(tx: Executor, { shopId }: { shopId: string }): Promise<MemberRole[]> {
  await tx.select({ id: shops.id }).from(shops).where(eq(shops.id, shopId)).for('update')
  const rows = await tx
    .select({ memberId: shopMembers.id, userId: shopMembers.userId, role: shopMembers.role })
    .from(shopMembers)
    .where(eq(shopMembers.shopId, shopId))
  return rows.map((row) => ({ ...row, role: toRole(row.role) }))
}

/** Gives a member another role. */
export async function updateMemberRole(
  tx: Executor,
  { memberId, role }: { memberId: string; role: ShopRole },
): Promise<void> {
  await tx.update(shopMembers).set({ role }).where(eq(shopMembers.id, memberId))
}

/** Takes a member out of the shop. */
export async function deleteMember(tx: Executor, { memberId }: { memberId: string }): Promise<void> {
  await tx.delete(shopMembers).where(eq(shopMembers.id, memberId))
}

/** Cancels what a member has invited and nobody has accepted yet. Returns the ids of the invitations. */
export async function cancelInvitationsBy(
  tx: Executor,
  { shopId, userId }: { shopId: string; userId: string },
): Promise<string[]> {
  const rows = await tx
    .update(shopInvitations)
    .set({ status: 'canceled' })
    .where(
      and(
        eq(shopInvitations.shopId, shopId),
        eq(shopInvitations.inviterId, userId),
        sql`${shopInvitations.status} = 'pending'`,
      ),
    )
    .returning({ id: shopInvitations.id })
  return rows.map(({ id }) => id)
}
