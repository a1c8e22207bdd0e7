import { expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent, eventInput, inHours } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

async function databaseNow(): Promise<number> {
  const [row] = await api.sql`select extract(epoch from clock_timestamp()) * 1000 as now`
  return Number(row?.now)
}

test('an event that starts at its publication takes entries from that moment by the database’s clock', async () => {
  const startsAt = inHours(5)
  const draft = await owner.events.create(eventInput({ startsAt, startsAtPublication: true }))
  expect(draft).toMatchObject({ startsAt, startsAtPublication: true })
  const before = await databaseNow()
  const published = await owner.events.publish({ eventId: draft.id })
  const after = await databaseNow()
  expect(published).toMatchObject({ phase: 'open', startsAtPublication: false })
  const starts = Date.parse(published.startsAt)
  expect(starts).toBeGreaterThanOrEqual(Math.floor(before))
  expect(starts).toBeLessThanOrEqual(after)
  const chain = await api.anonymous.draws.chain({ eventId: draft.id })
  expect(chain.records[0]?.at).toBe(published.startsAt)
  await enterParticipants(api.anonymous, draft.id, 1)
})

test('the rules that entrants read name the moment of publishing as the start', async () => {
  const draft = await owner.events.create(
    eventInput({ startsAt: '2020-01-01T00:00:00Z', startsAtPublication: true }),
  )
  const { slug } = await owner.events.publish({ eventId: draft.id })
  const { rules } = await api.anonymous.events.getBySlug({ slug })
  expect(rules?.text).toContain('참여 기간: ')
  expect(rules?.text).not.toContain('2020년')
})

test('a chosen start stays as it was chosen, also one that has passed', async () => {
  const startsAt = inHours(-3)
  const event = await createOpenEvent(owner, { startsAt })
  expect(event).toMatchObject({ startsAt, startsAtPublication: false, phase: 'open' })
})

test('a draft changes between a chosen start and its publication', async () => {
  const { id: eventId } = await owner.events.create(eventInput())
  expect(await owner.events.update({ eventId, startsAtPublication: true })).toMatchObject({
    startsAtPublication: true,
  })
  expect(await owner.events.update({ eventId, title: '다른 제목' })).toMatchObject({
    startsAtPublication: true,
  })
  const startsAt = inHours(2)
  expect(await owner.events.update({ eventId, startsAt })).toMatchObject({
    startsAt,
    startsAtPublication: false,
  })
  await owner.events.update({ eventId, startsAtPublication: true })
  expect((await owner.events.publish({ eventId })).phase).toBe('open')
})

test('an event that has ended before it is published gets 400, also where it would start then', async () => {
  const over = eventInput({ startsAt: inHours(-5), endsAt: inHours(-4), startsAtPublication: true })
  const { id: eventId } = await owner.events.create(over)
  await expectApiError(owner.events.publish({ eventId }), 'VALIDATION_FAILED')
})

test('a published event cannot start at its publication again', async () => {
  const { id: eventId, startsAt } = await createOpenEvent(owner)
  await expectApiError(owner.events.update({ eventId, startsAtPublication: true }), 'CONFLICT', {
    reason: 'event-published',
  })
  expect(await owner.events.update({ eventId, startsAtPublication: false })).toMatchObject({ startsAt })
})
