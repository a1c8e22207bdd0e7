import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { winnerUrl } from '@eungmo/api/links/winner-links'
import { connect } from '@eungmo/db/connection/client'
import { listWinnerLinks } from '@eungmo/db/queries/winner-links'
import { uniquePhoneNumber } from '../pages/entry-page.ts'
import type { ShopClient } from './shop-client.ts'

/** A winner of an announced draw who comes to collect the prize. */
export interface CollectingWinner {
  eventId: string
  slug: string
  drawLogId: string
  drawRank: number
  /** In the address that the QR code of the claim page holds. */
  token: string
  applicationNumber: string
  /** Of the phone number. */
  lastDigits: string
}

/** Draws an event with one winner and one alternate, and announces it. */
export async function createCollectingWinner(shop: ShopClient, name = '김하늘'): Promise<CollectingWinner> {
  const event = await shop.createEvent({ winnerCount: 1, alternateCount: 1 })
  const phones = new Map<string, string>()
  for (let entry = 0; entry < 2; entry++) {
    const phoneNumber = uniquePhoneNumber()
    phones.set((await shop.enter(event.id, phoneNumber, name)).applicationNumber, phoneNumber)
  }
  await shop.close(event.id)
  const { drawLogId } = await shop.draw(event.id, 1)
  const winner = await readCollectingWinner(shop, event.id)
  const lastDigits = phones.get(winner.applicationNumber)?.slice(-4) ?? ''
  return { slug: event.slug, drawLogId, lastDigits, ...winner }
}

/** Who holds the one slot of an event now. */
export async function readCollectingWinner({ stack }: ShopClient, eventId: string) {
  const { db, sql, close } = connect(stack.databaseUrl, { max: 1 })
  try {
    const [row] = await sql<{ keyId: string; drawRank: number; applicationNumber: string }[]>`
      select e.key_id as "keyId", w.draw_rank as "drawRank", p.application_number as "applicationNumber"
      from draw_winners w join events e on e.id = w.event_id
      join participants p on p.event_id = w.event_id and p.id = w.participant_id
      where w.event_id = ${eventId} and w.standing = 'selected'`
    const [link] = await listWinnerLinks(db, { eventId })
    if (!row || !link) throw new Error('nobody holds the slot')
    const dependencies = { secrets: parseSecretKeys(stack.secretKeys), publicUrl: stack.baseUrl }
    const url = winnerUrl(dependencies, 'hand-over', row.keyId, link)
    const { drawRank, applicationNumber } = row
    return { eventId, drawRank, applicationNumber, token: url?.split('/h/')[1] ?? '' }
  } finally {
    await close()
  }
}
