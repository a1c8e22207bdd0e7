import { and, eq } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { ownerNotices, users } from '../schema/auth.ts'

/** A notice about the data of owners and staff, in both languages. */
export interface OwnerNotice {
  ko: string
  en: string
}

/** The version of a notice, which is stored the first time. */
export async function storeOwnerNotice(executor: Executor, { ko, en }: OwnerNotice): Promise<number> {
  await executor.insert(ownerNotices).values({ ko, en }).onConflictDoNothing()
  const [row] = await executor
    .select({ version: ownerNotices.version })
    .from(ownerNotices)
    .where(and(eq(ownerNotices.ko, ko), eq(ownerNotices.en, en)))
  if (!row) throw new Error('The notice of owners was not stored')
  return row.version
}

/** Records which notice a user saw last. */
export async function recordShownNotice(
  executor: Executor,
  { userId, version }: { userId: string; version: number },
): Promise<void> {
  await executor.update(users).set({ noticeVersion: version }).where(eq(users.id, userId))
}
