import { beforeEach, expect, test } from 'vitest'
import { announceDaysAgo } from './support/age-event.ts'
import { drawNow } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { forgetfulEntrants } from './support/forgotten-number.ts'
import { startNotices } from './support/notices.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { drawnEvent } from './support/withdrawals.ts'

const notices = await startNotices()
const { api, solapi, callers } = notices
const { owner } = callers
const { request, enterEvent, deliver, linkTo } = forgetfulEntrants(notices)
const { participations } = api.anonymous

beforeEach(() => {
  solapi.accepted.length = 0
})

/** The token in the message that the phone of an entry gets. */
async function linkOf(eventId: string, phoneNumber: string): Promise<string> {
  await request(eventId, phoneNumber)
  await deliver()
  const link = linkTo(phoneNumber)
  expect(link).not.toBe('')
  return link
}

test('who holds the phone withdraws the entry that another person made with it, and enters', async () => {
  const { event, first } = await enterEvent()
  const { phoneNumber } = first
  const link = await linkOf(event.id, phoneNumber)
  const input = { eventId: event.id, link }
  expect(await participations.readDisowned(input)).toEqual({ isWithdrawn: false, mayEnterAgain: true })
  const before = Bun.randomUUIDv7()
  const [done, again] = await Promise.all([participations.disown(input), participations.disown(input)])
  expect([done.alreadyWithdrawn, again.alreadyWithdrawn].toSorted()).toEqual([false, true])
  expect(await participations.disown(input)).toMatchObject({ alreadyWithdrawn: true })
  expect(await participations.readDisowned(input)).toMatchObject({ isWithdrawn: true })
  const lines = await api.sql`select actor_kind, client_address, event_id from access_log
    where id > ${before}::uuid and action = 'disown-entry'`
  expect(lines[0]).toEqual({ actor_kind: 'entrant', client_address: '', event_id: event.id })
  const [row] = await api.sql`select name, phone_number, exclusion_reason from participants
    where event_id = ${event.id}`
  expect(row).toEqual({ name: null, phone_number: null, exclusion_reason: 5 })

  const own = await participations.register({ ...entryInput(event.id, 0), phoneNumber, name: '진짜주인' })
  expect(own.applicationNumber).not.toBe(first.applicationNumber)
  // The link was that of the earlier entry.
  expect(await participations.disown(input)).toMatchObject({ alreadyWithdrawn: true })
  expect(
    await participations.ownData({
      eventId: event.id,
      phoneNumber,
      applicationNumber: own.applicationNumber,
    }),
  ).toMatchObject({ name: '진짜주인' })
})

test('nobody withdraws an entry by knowing number and phone number, or with a link that is not of this entry', async () => {
  const { event, first } = await enterEvent(2)
  const { applicationNumber, phoneNumber } = first
  const { proof } = await participations.ownData({ eventId: event.id, applicationNumber, phoneNumber })
  const disown = (link: string, eventId = event.id) => participations.disown({ eventId, link })
  await expectApiError(disown(proof), 'VALIDATION_FAILED')
  const link = await linkOf(event.id, phoneNumber)
  const other = await enterEvent()
  await expectApiError(disown(link, other.event.id), 'VALIDATION_FAILED')
  await expectApiError(disown(`${link.slice(0, -4)}AAAA`), 'VALIDATION_FAILED')
  const [, neighbour] = await api.sql`select id from participants where event_id = ${event.id} order by id`
  await expectApiError(disown(link.replace(/^[^.]+/, String(neighbour?.id))), 'VALIDATION_FAILED')
  // It shows and changes nothing else.
  await expectApiError(participations.ownData({ eventId: event.id, proof: link }), 'VALIDATION_FAILED')
  await expectApiError(participations.withdraw({ eventId: event.id, proof: link }), 'VALIDATION_FAILED')
  await expectApiError(
    participations.correctName({ eventId: event.id, proof: link, name: '김바다' }),
    'VALIDATION_FAILED',
  )
  expect(await participations.readDisowned({ eventId: event.id, link })).toMatchObject({ isWithdrawn: false })
})

test('a link is good for a day', async () => {
  const { event, first } = await enterEvent()
  const link = await linkOf(event.id, first.phoneNumber)
  const [id, until = '', mac] = link.split('.')
  const leftMs = Number(until) - Date.now()
  expect(leftMs).toBeGreaterThan(86_300_000)
  expect(leftMs).toBeLessThanOrEqual(86_402_000)
  const prolonged = [id, Number(until) + 1, mac].join('.')
  await expectApiError(participations.disown({ eventId: event.id, link: prolonged }), 'VALIDATION_FAILED')
})

test('before the announcement nobody learns from it who won; a winner’s slot passes on', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 1, alternateCount: 1 })
  for (let n = 0; n < 2; n++) await participations.register(entryInput(event.id, n))
  const { winners } = await drawNow(owner, { eventId: event.id, winnerCount: 1, visitBonus: false })
  const winner = String(winners[0]?.phoneNumber)
  const link = await linkOf(event.id, winner)
  expect(await participations.readDisowned({ eventId: event.id, link })).toEqual({
    isWithdrawn: false,
    mayEnterAgain: false,
  })
  expect(await participations.disown({ eventId: event.id, link })).toMatchObject({
    alreadyWithdrawn: false,
    mayEnterAgain: false,
  })
  const rows =
    await api.sql`select standing from draw_winners where event_id = ${event.id} order by draw_rank`
  expect(rows.map(({ standing }) => standing)).toEqual(['withdrawn', 'selected'])
})

test('a winner who has the prize stays the winner, and the data goes', async () => {
  const { event, drawLogId, winnerOf } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 1 })
  await announceDaysAgo(api, event.id, 1)
  await api.sql`update draw_winners set claimed_at = now(), handed_over_at = now()
    where draw_log_id = ${drawLogId} and draw_rank = 1`
  const link = await linkOf(event.id, winnerOf(1).phoneNumber)
  expect(await participations.disown({ eventId: event.id, link })).toMatchObject({ alreadyWithdrawn: false })
  const [row] = await api.sql`select w.standing, p.name from draw_winners w
    join participants p on p.event_id = w.event_id and p.id = w.participant_id
    where w.draw_log_id = ${drawLogId} and w.draw_rank = 1`
  expect(row).toEqual({ standing: 'selected', name: null })
})
