import { eq, or } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { shopInvitations, shopMembers, shops, users, verifications } from '../schema/index.ts'

export interface Account {
  userId: string
  /** The shops that it belongs to, in the order in which they are locked. */
  shops: { shopId: string; name: string }[]
}

/** The account of an e-mail address in lower case; undefined where there is none. */
export async function findAccount(
  executor: Executor,
  { email }: { email: string },
): Promise<Account | undefined> {
  const rows = await executor
    .select({ userId: users.id, shopId: shops.id, name: shops.name })
    .from(users)
    .leftJoin(shopMembers, eq(shopMembers.userId, users.id))
    .leftJoin(shops, eq(shops.id, shopMembers.shopId))
    .where(eq(users.email, email))
    .orderBy(shops.id)
  const [first] = rows
  if (!first) return undefined
  const own = rows.flatMap(({ shopId, name }) => (shopId && name ? [{ shopId, name }] : []))
  return { userId: first.userId, shops: own }
}

/**
 * Deletes an account with all that is stored with it: sessions, passwords, second factors, memberships, what it
 * invited, and invitations to its address. The access log keeps its opaque id.
 */
export async function deleteAccountRows(
  tx: Executor,
  { userId, email }: { userId: string; email: string },
): Promise<void> {
  await tx
    .delete(shopInvitations)
    .where(or(eq(shopInvitations.email, email), eq(shopInvitations.inviterId, userId)))
  await tx.delete(verifications).where(eq(verifications.value, userId))
  await tx.delete(users).where(eq(users.id, userId))
}
