import { createHash, randomBytes } from 'node:crypto'
import { API_KEY_SCOPES, insertApiKey } from '@eungmo/db/queries/api-keys'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { presentApiKey } from './present-api-key.ts'
import type { ApiKeyView, CreateApiKeyInput } from './schema.ts'

const PREFIX_LENGTH = 13

/**
 * Creates a key of 256 random bits for the viewer's shop. Stored are its beginning and its SHA-256; the key
 * itself is only returned.
 */
export async function createApiKey(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Actor,
  { name, scopes, expiresInDays }: CreateApiKeyInput,
): Promise<ApiKeyView & { key: string }> {
  const key = `eungmo_${randomBytes(32).toString('base64url')}`
  const id = Bun.randomUUIDv7()
  const row = await db.transaction(async (tx) => {
    await recordAccess(tx, { actor: viewer, action: 'create-api-key', subjectId: id })
    return insertApiKey(tx, {
      id,
      shopId: viewer.shopId,
      createdBy: viewer.userId,
      name,
      scopes: API_KEY_SCOPES.filter((scope) => scopes.includes(scope)),
      lifetimeDays: expiresInDays,
      prefix: key.slice(0, PREFIX_LENGTH),
      hash: createHash('sha256').update(key).digest('hex'),
    })
  })
  return { ...presentApiKey(row), key }
}
