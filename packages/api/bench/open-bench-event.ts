import type { Database } from '@eungmo/db/connection/client'
import { channels, events, shops } from '@eungmo/db/schema'

/** A published event that is open now, with the entry path SNS. */
export async function openBenchEvent(db: Database, keyId: string): Promise<string> {
  const [shopId, id] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()]
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000)
  await db.insert(shops).values({ id: shopId, name: 'bench', slug: shopId })
  await db.insert(events).values({
    id,
    shopId,
    slug: id,
    title: 'bench',
    startsAt: at(-1),
    endsAt: at(24),
    announcementDate: at(48),
    winnerCount: 1,
    status: 'published',
    keyId,
    visitToken: 'none',
    rulesSeq: 0,
    consentVersion: 1,
  })
  await db.insert(channels).values({ eventId: id, entryPath: 'SNS', code: 'sns', position: 1 })
  return id
}
