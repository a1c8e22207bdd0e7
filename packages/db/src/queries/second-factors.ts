import { and, eq, sql } from 'drizzle-orm'
import type { Database, Executor } from '../connection/client.ts'
import { passkeys, sessions, twoFactors, users } from '../schema/auth.ts'
import { deleteVerificationsOf } from './verifications.ts'

interface OfUser {
  userId: string
}

/** Whether an account has a confirmed authenticator app or a passkey. */
export async function hasSecondFactor(executor: Executor, { userId }: OfUser): Promise<boolean> {
  const [row] = await executor
    .select({
      has: sql<boolean>`${users.twoFactorEnabled}
        or exists (select from ${passkeys} p where p.user_id = ${userId})`,
    })
    .from(users)
    .where(eq(users.id, userId))
  return row?.has ?? false
}

/** The authenticator app of an account, with the account's e-mail address. Secret and codes stay encrypted. */
export async function findAuthenticatorApp(executor: Executor, { userId }: OfUser) {
  const [app] = await executor
    .select({
      email: users.email,
      secret: twoFactors.secret,
      backupCodes: twoFactors.backupCodes,
      verified: twoFactors.verified,
    })
    .from(twoFactors)
    .innerJoin(users, eq(users.id, twoFactors.userId))
    .where(eq(twoFactors.userId, userId))
  return app
}

/**
 * Stores the secret of an authenticator app that is to be confirmed, in place of another unconfirmed one.
 * Returns false where the account has a confirmed one.
 */
export async function storeUnconfirmedApp(
  executor: Executor,
  { userId, secret, backupCodes }: OfUser & { secret: string; backupCodes: string },
): Promise<boolean> {
  const stored = await executor
    .insert(twoFactors)
    .values({ id: Bun.randomUUIDv7(), userId, secret, backupCodes })
    .onConflictDoUpdate({
      target: twoFactors.userId,
      set: { secret, backupCodes },
      setWhere: eq(twoFactors.verified, false),
    })
    .returning({ id: twoFactors.id })
  return stored.length > 0
}

/** Replaces the recovery codes of an account. Returns false where it has none. */
export async function replaceRecoveryCodes(
  executor: Executor,
  { userId, backupCodes }: OfUser & { backupCodes: string },
): Promise<boolean> {
  const replaced = await executor
    .update(twoFactors)
    .set({ backupCodes })
    .where(eq(twoFactors.userId, userId))
    .returning({ id: twoFactors.id })
  return replaced.length > 0
}

/** Where an account has no second factor left, its sessions have proved none either: one may be required. */
export async function forgetProofs(executor: Executor, { userId }: OfUser): Promise<void> {
  await executor
    .update(sessions)
    .set({ secondFactor: false })
    .where(
      and(
        eq(sessions.userId, userId),
        sql`not exists (select from ${users} u where u.id = ${userId} and u.two_factor_enabled)`,
        sql`not exists (select from ${passkeys} p where p.user_id = ${userId})`,
      ),
    )
}

/**
 * Removes the authenticator app with its recovery codes, and forgets every device that is not asked for a code, in one
 * transaction. Links to reset the password end, too.
 */
export function removeAuthenticatorApp(executor: Executor, { userId }: OfUser): Promise<void> {
  return executor.transaction(async (tx) => {
    await tx.delete(twoFactors).where(eq(twoFactors.userId, userId))
    await tx.update(users).set({ twoFactorEnabled: false }).where(eq(users.id, userId))
    await forgetProofs(tx, { userId })
    // Identifiers are stored as hashes, which do not show which of them are of trusted devices.
    await deleteVerificationsOf(tx, { userId })
  })
}

/** Removes every second factor of an account whose device is lost. */
export function removeSecondFactors(db: Database, user: OfUser): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.delete(passkeys).where(eq(passkeys.userId, user.userId))
    await removeAuthenticatorApp(tx, user)
  })
}
