import { createHash, randomBytes } from 'node:crypto'
import {
  type ApiKeyRow,
  insertApiKey,
  listApiKeys as listApiKeyRows,
  revokeApiKey as revokeApiKeyRow,
} from '@eungmo/db/queries/api-keys'
import type { z } from 'zod'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import type { apiKeyView, createdApiKeyView } from './schema.ts'

type ApiKeyView = z.infer<typeof apiKeyView>

const present = (row: ApiKeyRow): ApiKeyView => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
})

/** A new key with 256 random bits, and what is stored of it: its beginning, and its SHA-256 in hex. */
export function mintApiKey(): { key: string; prefix: string; hash: string } {
  const key = `eungmo_${randomBytes(32).toString('base64url')}`
  return { key, prefix: key.slice(0, 13), hash: createHash('sha256').update(key).digest('hex') }
}

/** Makes a key for the viewer's shop; the key itself is answered this once. */
export async function createApiKey(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  { name }: { name: string },
): Promise<z.infer<typeof createdApiKeyView>> {
  const { key, prefix, hash } = mintApiKey()
  // A key made with a key has no user of its own to be credited to.
  const createdBy = viewer.via === 'session' ? viewer.userId : null
  const row = await insertApiKey(db, {
    id: Bun.randomUUIDv7(),
    shopId: viewer.shopId,
    createdBy,
    name,
    prefix,
    hash,
  })
  return { ...present(row), key }
}

/** The shop's keys in use, newest first. */
export async function listApiKeys({ db }: Pick<Dependencies, 'db'>, viewer: Member): Promise<ApiKeyView[]> {
  return (await listApiKeyRows(db, { shopId: viewer.shopId })).map(present)
}

/** Ends a key for good; NOT_FOUND where the shop has no such key. */
export async function revokeApiKey(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  { apiKeyId }: { apiKeyId: string },
): Promise<void> {
  if (!(await revokeApiKeyRow(db, { shopId: viewer.shopId, apiKeyId }))) throw new DomainError('NOT_FOUND')
}
