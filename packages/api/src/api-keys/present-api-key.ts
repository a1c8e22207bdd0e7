import type { ApiKeyRow } from '@eungmo/db/queries/api-keys'
import type { ApiKeyView } from './schema.ts'

export const presentApiKey = (row: ApiKeyRow): ApiKeyView => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  isExpired: row.isExpired,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
})
