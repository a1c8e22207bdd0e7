import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { readClaimUrls } from '@eungmo/api/links/winner-links'
import { connect } from '@eungmo/db/connection/client'
import type { StackInfo } from './stack-info.ts'

/** The paths of the claim pages of an event's current winners, by slot: what the shop sends them. */
export async function claimPaths(stack: StackInfo, eventId: string): Promise<string[]> {
  const { db, sql, close } = connect(stack.databaseUrl, { max: 1 })
  try {
    const [event] = await sql`select key_id as "keyId" from events where id = ${eventId}`
    const dependencies = { db, secrets: parseSecretKeys(stack.secretKeys), publicUrl: stack.baseUrl }
    const urls = await readClaimUrls(dependencies, { id: eventId, keyId: String(event?.keyId) })
    const winners = await sql`select participant_id as id from draw_winners
      where event_id = ${eventId} and standing = 'selected' order by slot`
    return winners.flatMap(({ id }) => {
      const url = urls.get(String(id))
      return url ? [new URL(url).pathname] : []
    })
  } finally {
    await close()
  }
}
