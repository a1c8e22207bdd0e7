import { expect, test } from 'vitest'
import { claimableEvent, delivery } from './support/claims.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner },
} = await startTwoShops()

async function linesOf(run: () => Promise<unknown>) {
  const before = Bun.randomUUIDv7()
  await run()
  return api.sql`select * from access_log where id > ${before}::uuid order by id`
}

test('an entrant who reads or corrects their own data is a line without an address', async () => {
  const event = await createOpenEvent(owner)
  const [entry] = await enterParticipants(api.anonymous, event.id, 1)
  const { applicationNumber = '', phoneNumber = '' } = entry ?? {}
  const { ownData, correctName } = api.anonymous.participations
  const lines = await linesOf(async () => {
    const { proof } = await ownData({ eventId: event.id, applicationNumber, phoneNumber })
    await correctName({ eventId: event.id, proof, name: '김바다' })
  })
  const [participant] = (await owner.participants.list({ eventId: event.id })).items
  expect(participant?.name).toBe('김바다')
  const entrant = { actor_kind: 'entrant', actor_role: null, client_address: '', people: 1 }
  const id = participant?.participantId
  expect(lines.map(({ action }) => action)).toEqual(['read-own-data', 'correct-own-name'])
  for (const line of lines)
    expect(line).toMatchObject({ ...entrant, shop_id: members.owner.shopId, actor_id: id, subject_id: id })
})

test('reading one’s own data again does not prolong the quarter of an hour of its proof', async () => {
  const event = await createOpenEvent(owner)
  const [entry] = await enterParticipants(api.anonymous, event.id, 1)
  const { applicationNumber = '', phoneNumber = '' } = entry ?? {}
  const { ownData } = api.anonymous.participations
  const { proof } = await ownData({ eventId: event.id, applicationNumber, phoneNumber })
  await api.sql`select pg_sleep(0.01)`
  expect((await ownData({ eventId: event.id, proof })).proof).toBe(proof)
})

test('a winner reads when the prize was confirmed, and no address, which number and phone number must not open', async () => {
  const { event, winner, prove } = await claimableEvent(api, owner, { isDelivered: true })
  const { ownData } = api.anonymous.participations
  const { applicationNumber, phoneNumber } = winner
  const known = { eventId: event.id, applicationNumber, phoneNumber }
  expect((await ownData(known)).claim).toBeNull()
  const { claimedAt } = await api.anonymous.claims.confirm({ ...(await prove()), details: delivery })
  const own = await ownData(known)
  expect(own.claim).toEqual({ confirmedAt: claimedAt, handedOverAt: null })
  expect(JSON.stringify(own)).not.toContain(delivery.address)
})
