import { readClaimUrls } from '../../src/links/winner-links.ts'
import { announceDaysAgo } from './age-event.ts'
import type { ApiFixture, Caller } from './api-fixture.ts'
import { drawNow } from './draws.ts'
import { enterParticipants } from './sample-entries.ts'
import { createOpenEvent } from './sample-events.ts'
import { entryOf } from './withdrawals.ts'

/** The tokens of the claim links of an event's current winners, by slot. */
export async function claimTokens(api: ApiFixture, eventId: string): Promise<string[]> {
  const [event] = await api.sql`select key_id as "keyId" from events where id = ${eventId}`
  const urls = await readClaimUrls(api.dependencies, { id: eventId, keyId: String(event?.keyId) })
  const rows = await api.sql`select participant_id as id from draw_winners
    where event_id = ${eventId} and standing = 'selected' order by slot`
  return rows.flatMap(({ id }) => urls.get(String(id))?.split('/').at(-1) ?? [])
}

/** A drawn event of 6 entries, announced a day ago, with a link for the winner of slot 1. */
export async function claimableEvent(
  api: ApiFixture,
  owner: Caller,
  { isDelivered = false, winnerCount = 2, alternateCount = 1, claimDays = 14 } = {},
) {
  const prizes = [{ name: '밤 식빵 세트', count: winnerCount, isDelivered }]
  const event = await createOpenEvent(owner, { winnerCount, alternateCount, prizes, claimDays })
  const entries = await enterParticipants(api.anonymous, event.id, 6)
  const { drawLogId, winners } = await drawNow(owner, { eventId: event.id, winnerCount, visitBonus: false })
  await announceDaysAgo(api, event.id, 1)
  const [token = ''] = await claimTokens(api, event.id)
  const winner = entryOf(entries, winners[0]?.applicationNumber)
  const prove = async () => {
    const { proof } = await api.anonymous.claims.prove({ token, lastDigits: winner.phoneNumber.slice(-4) })
    return { token, proof }
  }
  return { event, entries, drawLogId, winners, winner, token, prove }
}

/** A pick-up on the first day that can be chosen. */
export async function pickUp(api: ApiFixture, proved: { token: string; proof: string }) {
  const { days } = await api.anonymous.claims.own(proved)
  return { kind: 'pick-up' as const, day: days[0] ?? '' }
}

export const delivery = {
  kind: 'delivery' as const,
  recipient: '김하늘',
  postcode: '04027',
  address: '서울특별시 마포구 포은로 12',
  addressDetail: '101동 1203호',
}
