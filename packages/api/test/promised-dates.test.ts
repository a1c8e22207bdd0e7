import { afterAll, beforeAll, inject, test } from 'vitest'
import { type ApiFixture, type Caller, startApi } from './support/api-fixture.ts'
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
