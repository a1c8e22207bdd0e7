import { and, desc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { apiKeys } from '../schema/index.ts'

export type ApiKeyRow = typeof apiKeys.$inferSelect
export type NewApiKey = typeof apiKeys.$inferInsert

/** A shop's keys that are not revoked, newest first. */
export function listApiKeys(executor: Executor, { shopId }: { shopId: string }): Promise<ApiKeyRow[]> {
  return executor
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.shopId, shopId), isNull(apiKeys.revokedAt)))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
}

/** Stores a key: its hash and its prefix, never the key itself. */
export async function insertApiKey(executor: Executor, key: NewApiKey): Promise<ApiKeyRow> {
  const [row] = await executor.insert(apiKeys).values(key).returning()
  if (!row) throw new Error('The API key was not stored')
  return row
}

/** Revokes a key of a shop for good. Returns false when the shop has no such active key. */
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

/**
 * The key with this SHA-256, or undefined when there is none or it was revoked. A key acts for its shop's
 * owner.
 */
export async function findApiKey(
  executor: Executor,
  { hash }: { hash: string },
): Promise<Pick<ApiKeyRow, 'id' | 'shopId' | 'createdBy'> | undefined> {
  const [key] = await executor
    .select({ id: apiKeys.id, shopId: apiKeys.shopId, createdBy: apiKeys.createdBy })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
  return key
}

/**
 * Records that a key was used, at most once per minute, so that a busy key does not write a row version per
 * request.
 */
export async function recordApiKeyUse(executor: Executor, { apiKeyId }: { apiKeyId: string }): Promise<void> {
  await executor
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        eq(apiKeys.id, apiKeyId),
        or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, sql`now() - interval '1 minute'`)),
      ),
    )
}
