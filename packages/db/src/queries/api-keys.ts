import { and, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { API_KEY_SCOPES, apiKeys, shopMembers } from '../schema/auth.ts'

export { API_KEY_SCOPES }
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number]

const columns = {
  id: apiKeys.id,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  scopes: apiKeys.scopes,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
  /** By the database's clock. */
  isExpired: sql<boolean>`${apiKeys.expiresAt} <= now()`,
  lastUsedAt: apiKeys.lastUsedAt,
}

/** What the owner sees of a key. */
export type ApiKeyRow = Pick<
  typeof apiKeys.$inferSelect,
  'id' | 'name' | 'prefix' | 'scopes' | 'createdAt' | 'expiresAt' | 'lastUsedAt'
> & { isExpired: boolean }

export interface NewApiKey
  extends Pick<typeof apiKeys.$inferInsert, 'id' | 'shopId' | 'name' | 'prefix' | 'hash' | 'scopes'> {
  createdBy: string
  /** Days until it expires, by the database's clock. */
  lifetimeDays: number
}

/** A shop's keys that are not revoked, expired ones too, newest first. */
export function listApiKeys(executor: Executor, { shopId }: { shopId: string }): Promise<ApiKeyRow[]> {
  return executor
    .select(columns)
    .from(apiKeys)
    .where(and(eq(apiKeys.shopId, shopId), isNull(apiKeys.revokedAt)))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
}

/** Stores a key: its hash and its prefix, never the key itself. */
export async function insertApiKey(
  executor: Executor,
  { lifetimeDays, ...key }: NewApiKey,
): Promise<ApiKeyRow> {
  const expiresAt = sql`now() + make_interval(days => ${lifetimeDays}::int)`
  const [row] = await executor
    .insert(apiKeys)
    .values({ ...key, expiresAt })
    .returning(columns)
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
 * The key with this SHA-256; undefined when there is none, when it was revoked or has expired, and when the one
 * who created it is no owner of the shop any more.
 */
export async function findApiKey(
  executor: Executor,
  { hash }: { hash: string },
): Promise<{ id: string; shopId: string; createdBy: string; scopes: ApiKeyScope[] } | undefined> {
  const [key] = await executor
    .select({
      id: apiKeys.id,
      shopId: apiKeys.shopId,
      createdBy: shopMembers.userId,
      scopes: apiKeys.scopes,
    })
    .from(apiKeys)
    .innerJoin(
      shopMembers,
      and(
        eq(shopMembers.shopId, apiKeys.shopId),
        eq(shopMembers.userId, apiKeys.createdBy),
        eq(shopMembers.role, 'owner'),
      ),
    )
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, sql`now()`)))
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
