import { and, asc, eq } from 'drizzle-orm'
import type { Database, Executor } from '../connection/client.ts'
import { passkeys } from '../schema/auth.ts'
import { forgetProofs } from './second-factors.ts'

interface OfUser {
  userId: string
}

interface OwnPasskey extends OfUser {
  passkeyId: string
}

export interface PasskeyOfUser {
  id: string
  /** Null until the person names it, where the kind of device is not known either. */
  name: string | null
  createdAt: Date
}

const own = ({ userId, passkeyId }: OwnPasskey) =>
  and(eq(passkeys.userId, userId), eq(passkeys.id, passkeyId))

/** The passkeys of an account, oldest first. */
export function listPasskeys(executor: Executor, { userId }: OfUser): Promise<PasskeyOfUser[]> {
  return executor
    .select({ id: passkeys.id, name: passkeys.name, createdAt: passkeys.createdAt })
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id))
}

/** The account that a WebAuthn credential belongs to; undefined where there is none. */
export async function findPasskeyUser(
  executor: Executor,
  { credentialId }: { credentialId: string },
): Promise<OfUser | undefined> {
  const [passkey] = await executor
    .select({ userId: passkeys.userId })
    .from(passkeys)
    .where(eq(passkeys.credentialID, credentialId))
  return passkey
}

/** Returns false where the account has no such passkey. */
export async function renamePasskey(
  executor: Executor,
  { name, ...passkey }: OwnPasskey & { name: string },
): Promise<boolean> {
  const renamed = await executor
    .update(passkeys)
    .set({ name })
    .where(own(passkey))
    .returning({ id: passkeys.id })
  return renamed.length > 0
}

/** Removes a passkey of this account. Returns false where the account has no such passkey. */
export function removePasskey(db: Database, passkey: OwnPasskey): Promise<boolean> {
  return db.transaction(async (tx) => {
    const removed = await tx.delete(passkeys).where(own(passkey)).returning({ id: passkeys.id })
    await forgetProofs(tx, passkey)
    return removed.length > 0
  })
}
