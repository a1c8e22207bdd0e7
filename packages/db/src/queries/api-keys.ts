import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { apiKeys } from '../schema/index.ts'

export type ApiKeyRow = typeof apiKeys.$inferSelect
export type NewApiKey = typeof apiKeys.$inferInsert

/** A shop's keys that were not revoked, newest first. */
export function listApiKeys(executor: Executor, { shopId }: { shopId: string }): Promise<ApiKeyRow[]> {
  return executor
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.shopId, shopId), isNull(apiKeys.revokedAt)))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
}

/** Stores a key's hash. */
export async function insertApiKey(executor: Executor, key: NewApiKey): Promise<ApiKeyRow> {
  const [row] = await executor.insert(apiKeys).values(key).returning()
  if (!row) throw new Error('the key was not stored')
  return row
}

/** Ends a key of a shop for good; false where the shop has no such key. */
export async function revokeApiKey(
  executor: Executor,
  { shopId, apiKeyId }: { shopId: string; apiKeyId: string },
): Promise<boolean> {
  const rows = await executor
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiKeys.id, apiKeyId), eq(apiKeys.shopId, shopId), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id })
  return rows.length === 1
}
