import { revokeApiKey as revokeApiKeyRow } from '@eungmo/db/queries/api-keys'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { recordAccess } from '../personal-data/record-access.ts'

/** Revokes a key for good. Throws NOT_FOUND where the shop has no such key. */
export async function revokeApiKey(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Actor,
  { apiKeyId }: { apiKeyId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    await recordAccess(tx, { actor: viewer, action: 'revoke-api-key', subjectId: apiKeyId })
    if (!(await revokeApiKeyRow(tx, { shopId: viewer.shopId, apiKeyId }))) throw new DomainError('NOT_FOUND')
  })
}
