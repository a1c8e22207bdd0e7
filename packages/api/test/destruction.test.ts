import { readClock } from '@eungmo/db/queries/clock'
import { verifyDraw } from '@eungmo/draw/verify'
import { expect, test } from 'vitest'
import { countOverdue } from '../src/destruction/count-overdue.ts'
import { destroyDue } from '../src/destruction/destroy-due.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { drawNow, verifiedDraw } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { fillWithBytes } from './support/fill-with-bytes.ts'
import { expectVerifiedElsewhere } from './support/other-verifiers.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { stealDump } from './support/stolen-dump.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

const destroy = async () => destroyDue(api.dependencies, { now: await readClock(api.dependencies.db) })
const storedCount = async (eventId: string) =>
  (await api.sql`select 1 from participants where event_id = ${eventId} and name is not null`).length
const recordsOf = async (eventId: string) =>
  (
    await api.sql`select reason, count, consent_version as version from destruction_records
      where event_id = ${eventId} order by started_at, version`
  ).map(({ reason, count, version }) => ({ reason, count, version }))

/** A drawn event with 6 entries, 2 winners and 1 waiting alternate. */
async function drawnEvent() {
  const event = await createOpenEvent(owner, { alternateCount: 1 })
  const entries = await enterParticipants(api.anonymous, event.id, 6)
  const { drawLogId, winners } = await drawNow(owner, {
    eventId: event.id,
    winnerCount: 2,
    visitBonus: false,
  })
  return { event, entries, drawLogId, winners }
}

test('those who did not win go 21 days after the announcement, winners and alternates after 90', async () => {
  const { event } = await drawnEvent()
  await announceDaysAgo(api, event.id, 20)
  await destroy()
  expect(await storedCount(event.id)).toBe(6)
  await announceDaysAgo(api, event.id, 21)
  expect(await destroy()).toBe(3)
  expect(await storedCount(event.id)).toBe(3)
  await announceDaysAgo(api, event.id, 89)
  expect(await destroy()).toBe(0)
  await announceDaysAgo(api, event.id, 90)
  expect(await destroy()).toBe(3)
  expect(await storedCount(event.id)).toBe(0)
  expect(await recordsOf(event.id)).toEqual([
    { reason: 'not-won', count: 3, version: 1 },
    { reason: 'won', count: 3, version: 1 },
  ])
  expect(await destroy()).toBe(0)
})

test('afterwards nothing of a person is in the database, and the draw still verifies with every receipt', async () => {
  const { event, entries, drawLogId } = await drawnEvent()
  await owner.draws.redraw({ drawLogId, ranks: [1], reason: '연락 안 됨', note: '010-1234-5678 김하늘' })
  const before = await api.sql`select * from participants where event_id = ${event.id}`
  const holders = await api.sql`select person, withdraw_note from draw_winners where event_id = ${event.id}`
  const planted = [...before, ...holders].flatMap((row) =>
    ['name', 'phone_number', 'phone_index', 'submission_id', 'application_number', 'person', 'withdraw_note']
      .map((column) => row[column])
      .filter((value) => value !== null && value !== undefined)
      .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value))),
  )
  const found = async () => {
    const dump = await stealDump(api.sql)
    const readable = dump.map(({ value }) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    )
    return planted.filter((value) => readable.some((text) => text.includes(value)))
  }
  expect(await found()).toEqual(planted)
  await announceDaysAgo(api, event.id, 91)
  await destroy()
  expect(await found()).toEqual([])

  const { transcript, entries: list } = await verifiedDraw(api, drawLogId)
  expect(transcript.openings).toEqual([])
  for (const { receipt } of entries)
    expect(verifyDraw(transcript, list, { anchors: { receipt } })).toMatchObject({
      ok: true,
      level: 'anchored',
    })

  const storedReceipt = entries[0]?.receipt
  if (!storedReceipt) throw new Error('no receipt')
  await expectVerifiedElsewhere(api, drawLogId, storedReceipt)
})

test('counts, entry paths, hours and the list stay, and winners pages show counts alone', async () => {
  const { event } = await drawnEvent()
  const readStored = () => api.sql`
    select id, entry_path, date_trunc('hour', participated_at) as hour, visited, entry_id, exclusion_reason, is_winner
    from participants where event_id = ${event.id} order by id`
  const before = await readStored()
  await announceDaysAgo(api, event.id, 1)
  const shown = await api.anonymous.winners.public({ slug: event.slug })
  expect(shown.winners).toHaveLength(2)
  await announceDaysAgo(api, event.id, 90)
  const counts = { winners: [], withdrawn: [], total: 2, prizes: shown.prizes }
  expect(await api.anonymous.winners.public({ slug: event.slug })).toMatchObject(counts)
  await destroy()
  expect(await readStored()).toEqual(before)
  const times =
    await api.sql`select participated_at, consented_at from participants where event_id = ${event.id}`
  for (const row of times)
    for (const at of Object.values(row)) expect(new Date(at).toISOString()).toMatch(/:00:00\.000Z$/)
  expect(await api.anonymous.winners.public({ slug: event.slug })).toMatchObject(counts)
})

test('a redraw after the destruction gets 409 DATA_DESTROYED, and a waiting alternate still moves up', async () => {
  const { event, drawLogId } = await drawnEvent()
  await announceDaysAgo(api, event.id, 21)
  const redraw = (ranks: number[]) => owner.draws.redraw({ drawLogId, ranks, reason: '연락 안 됨' })
  await expectApiError(redraw([1, 2]), 'DATA_DESTROYED')
  await destroy()
  await expectApiError(redraw([1, 2]), 'DATA_DESTROYED')
  await redraw([1])
  // The withdrawn winner is one of those who did not win: their data goes with the next run.
  expect(await destroy()).toBe(1)
  expect((await api.anonymous.draws.transcript({ drawLogId })).openings).toHaveLength(2)
  await announceDaysAgo(api, event.id, 90)
  await expectApiError(redraw([1]), 'DATA_DESTROYED')
})

test('a withdrawn winner leaves the transcript when the claim period is over', async () => {
  const { event, drawLogId } = await drawnEvent()
  await owner.draws.redraw({ drawLogId, ranks: [1], reason: '연락 안 됨' })
  const openings = async () => (await api.anonymous.draws.transcript({ drawLogId })).openings.length
  await announceDaysAgo(api, event.id, 13)
  await destroy()
  expect(await openings()).toBe(3)
  await announceDaysAgo(api, event.id, 14)
  await destroy()
  expect(await openings()).toBe(2)
})

test('an event that was not drawn is cancelled by a record at the promised date, and destroyed', async () => {
  const event = await createOpenEvent(owner)
  await enterParticipants(api.anonymous, event.id, 3)
  await announceDaysAgo(api, event.id, 20)
  await destroy()
  expect((await owner.events.get({ eventId: event.id })).status).toBe('published')
  await announceDaysAgo(api, event.id, 21)
  await expectApiError(
    owner.draws.drawWinners({ eventId: event.id, winnerCount: 2, visitBonus: false }),
    'DATA_DESTROYED',
  )
  expect(await destroy()).toBe(3)
  const transcript = await api.anonymous.draws.cancelledTranscript({ eventId: event.id })
  expect(verifyDraw(transcript, [])).toMatchObject({ ok: true, state: { cancelled: { seq: 1 } } })
  expect(await recordsOf(event.id)).toEqual([{ reason: 'cancelled', count: 3, version: 1 }])
})

test('a cancelled event is destroyed 7 days after the cancellation', async () => {
  const event = await createOpenEvent(owner)
  await enterParticipants(api.anonymous, event.id, 2)
  await owner.events.cancel({ eventId: event.id })
  const cancelledDaysAgo = (days: number) =>
    api.sql`update events set cancelled_at = now() - ${days} * interval '1 day' - interval '1 millisecond' where id = ${event.id}`
  await cancelledDaysAgo(6)
  await destroy()
  expect(await storedCount(event.id)).toBe(2)
  await cancelledDaysAgo(7)
  expect(await destroy()).toBe(2)
})

test('more people than a batch holds are counted once, also by two runs at the same time', async () => {
  const event = await createOpenEvent(owner)
  await fillWithBytes(api.sql, event.id, 1201)
  await announceDaysAgo(api, event.id, 22)
  expect(await countOverdue(api.dependencies, await readClock(api.dependencies.db))).toBe(1201)
  const stopped = new AbortController()
  stopped.abort()
  const now = await readClock(api.dependencies.db)
  expect(await destroyDue(api.dependencies, { now, signal: stopped.signal })).toBe(0)
  await Promise.all([destroy(), destroy()])
  expect(await recordsOf(event.id)).toEqual([{ reason: 'cancelled', count: 1201, version: 1 }])
  expect(await countOverdue(api.dependencies, await readClock(api.dependencies.db))).toBe(0)
})
