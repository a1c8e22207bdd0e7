import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { announceDaysAgo } from './support/age-event.ts'
import { type ApiFixture, type Caller, startApi } from './support/api-fixture.ts'
import { drawNow } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent, inHours } from './support/sample-events.ts'

let api: ApiFixture
let owner: Caller

beforeAll(async () => {
  api = await startApi(inject('postgresUrl'))
  owner = api.as((await api.createShop()).owner)
})
afterAll(() => api.close())

test('after the first entry the announcement moves no further than any entrant was promised', async () => {
  const event = await createOpenEvent(owner)
  const inDays = (from: string, days: number) =>
    new Date(Date.parse(from) + days * 24 * 3_600_000).toISOString()
  const announce = (hours: number) =>
    owner.events.update({ eventId: event.id, announcementDate: inHours(hours) })
  await announce(2000)
  await announce(500)
  const { announcementDate } = await announce(600)
  await enterParticipants(api.anonymous, event.id, 1)
  const latestAnnouncement = inDays(announcementDate, 21)
  await announce(700)
  await announce(900)
  await expectApiError(announce(600 + 21 * 24 + 1), 'TERMS_FIXED', { latestAnnouncement })
  const earlier = await announce(400)
  await expectApiError(announce(600 + 21 * 24 - 1), 'TERMS_FIXED', {
    latestAnnouncement: inDays(earlier.announcementDate, 21),
  })
})

test('an undrawn event warns its shop from the announcement on, with the date of its cancellation', async () => {
  const event = await createOpenEvent(owner)
  await enterParticipants(api.anonymous, event.id, 1, 50)
  const shown = async () => {
    const listed = (await owner.events.list()).find(({ id }) => id === event.id)
    const opened = await owner.events.getForOwner({ eventId: event.id })
    expect(listed?.undrawn).toEqual(opened.undrawn)
    return { undrawn: opened.undrawn, announcedAt: Date.parse(opened.announcementDate) }
  }
  expect((await shown()).undrawn).toBeNull()
  await announceDaysAgo(api, event.id, 1)
  const { undrawn, announcedAt } = await shown()
  const cancelsAt = new Date(announcedAt + 21 * 24 * 3_600_000).toISOString()
  expect(undrawn).toEqual({ cancelsAt, isSoon: false })
  await announceDaysAgo(api, event.id, 15)
  expect((await shown()).undrawn).toMatchObject({ isSoon: true })
  await drawNow(owner, { eventId: event.id, winnerCount: 1, visitBonus: false })
  expect((await shown()).undrawn).toBeNull()
})
