import { revokeApiKey as revokeApiKeyRow } from '@eungmo/db/queries/api-keys'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'

/** Revokes a key for good. Throws NOT_FOUND where the shop has no such key. */
export async function revokeApiKey(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  { apiKeyId }: { apiKeyId: string },
): Promise<void> {
  if (!(await revokeApiKeyRow(db, { shopId: viewer.shopId, apiKeyId }))) throw new DomainError('NOT_FOUND')
}
