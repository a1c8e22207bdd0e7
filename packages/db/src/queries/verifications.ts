import { eq } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { verifications } from '../schema/auth.ts'

/**
 * Deletes what a user could still use to sign in or to set a password without the present one: links, sign-ins that
 * wait for a code, and devices that are not asked for one.
 */
export async function deleteVerificationsOf(
  executor: Executor,
  { userId }: { userId: string },
): Promise<void> {
  await executor.delete(verifications).where(eq(verifications.value, userId))
}
