import { listApiKeys as listApiKeyRows } from '@eungmo/db/queries/api-keys'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { presentApiKey } from './present-api-key.ts'
import type { ApiKeyView } from './schema.ts'

/** The shop's keys that are not revoked, newest first. */
export async function listApiKeys({ db }: Pick<Dependencies, 'db'>, viewer: Member): Promise<ApiKeyView[]> {
  return (await listApiKeyRows(db, { shopId: viewer.shopId })).map(presentApiKey)
}
