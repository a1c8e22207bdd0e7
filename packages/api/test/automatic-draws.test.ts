import { describe, expect, test } from 'vitest'
import { drawDue } from '../src/draws/draw-due.ts'
import { finishOpenDraws } from '../src/draws/finish-open-draws.ts'
import { MINUTE_MS } from '../src/seoul-time.ts'
import { drawNow, verifiedDraw } from './support/draws.ts'
import { createDueEvent } from './support/due-events.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent, eventInput, inHours } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

const endedEvent = (entries: number, terms?: Parameters<typeof createDueEvent>[3]) =>
  createDueEvent(api, owner, entries, terms)

const logOf = async (eventId: string) => (await owner.draws.list({ eventId }))[0]
const statusOf = async (eventId: string) => (await owner.events.getForOwner({ eventId })).status

describe('the promise', () => {
  test('stands in event, rules record and rules text: a minute after the close', async () => {
    const endsAt = '2031-05-01T12:00:00.000Z'
    const event = await createOpenEvent(owner, {
      drawsAutomatically: true,
      endsAt,
      announcementDate: '2031-05-01T12:06:30.000Z',
    })
    const drawAt = '2031-05-01T12:01:00.000Z'
    expect(event).toMatchObject({ drawsAutomatically: true, drawAt, visitBonus: 0 })
    const { records, texts } = await api.anonymous.draws.chain({ eventId: event.id })
    expect(records[0]).toMatchObject({ drawAt, visitBonus: 0 })
    expect(texts[0]?.text).toContain('추첨: 2031년 5월 1일(목) 21:01에 자동으로 시작해요')
  })

  test('does not stand in an event that is drawn by hand, whose text is as before', async () => {
    const event = await createOpenEvent(owner)
    expect(event).toMatchObject({ drawsAutomatically: false, drawAt: null })
    const { records, texts } = await api.anonymous.draws.chain({ eventId: event.id })
    expect(records[0]).toMatchObject({ drawAt: null })
    expect(texts[0]?.text).not.toContain('자동')
  })

  test('moves with the close, in an amendment', async () => {
    const event = await createOpenEvent(owner, { drawsAutomatically: true })
    const endsAt = inHours(30)
    await owner.events.update({ eventId: event.id, endsAt })
    const { records } = await api.anonymous.draws.chain({ eventId: event.id })
    const drawAt = new Date(Date.parse(endsAt) + MINUTE_MS).toISOString()
    expect(records.map(({ type, ...record }) => [type, record.drawAt])).toEqual([
      ['rules', event.drawAt],
      ['rules', drawAt],
    ])
  })

  test('leaves five minutes and the beacon’s delay until the announcement', async () => {
    const terms = { drawsAutomatically: true, endsAt: '2031-05-01T12:00:00Z', beaconDelay: 90 }
    const announced = (announcementDate: string) =>
      owner.events.create(eventInput({ ...terms, announcementDate }))
    await expectApiError(announced('2031-05-01T12:07:29Z'), 'VALIDATION_FAILED', {
      fields: [{ field: 'announcementDate', code: 'dates.draw' }],
    })
    const { id } = await announced('2031-05-01T12:07:30Z')
    await expectApiError(owner.events.update({ eventId: id, beaconDelay: 91 }), 'VALIDATION_FAILED')
    await owner.events.update({ eventId: id, beaconDelay: 91, drawsAutomatically: false })
  })

  test('needs a visit bonus that no draw decides', async () => {
    const undecided = { fields: [{ field: 'visitBonus', code: 'visit_bonus.automatic' }] }
    await expectApiError(
      owner.events.create(eventInput({ drawsAutomatically: true, visitBonus: null })),
      'VALIDATION_FAILED',
      undecided,
    )
    const { id } = await owner.events.create(eventInput())
    const change = { eventId: id, drawsAutomatically: true }
    await expectApiError(owner.events.update(change), 'VALIDATION_FAILED', undecided)
    expect(await owner.events.update({ ...change, visitBonus: 2 })).toMatchObject({ visitBonus: 2 })
  })
})

describe('at the published time', () => {
  test('the event is drawn as published, by itself, and the draw verifies', async () => {
    const event = await endedEvent(5, { winnerCount: 2, alternateCount: 1, visitBonus: 3 })
    expect(await drawDue(api.dependencies)).toBe(1)
    const log = await logOf(event.id)
    expect(log).toMatchObject({
      isAutomatic: true,
      deviation: null,
      winnerCount: 2,
      alternateCount: 1,
      visitBonus: 3,
      drawnAt: expect.any(String),
    })
    expect(log?.winners).toHaveLength(2)
    await verifiedDraw(api, log?.drawLogId ?? '')
    expect(await drawDue(api.dependencies)).toBe(0)
  })

  test('the access log has a line that names no person', async () => {
    const event = await endedEvent(1, { winnerCount: 1 })
    await drawDue(api.dependencies)
    const lines = await api.sql`select actor_kind, actor_id, client_address, people from access_log
      where event_id = ${event.id} and action = 'draw'`
    expect(lines.map((line) => ({ ...line }))).toEqual([
      { actor_kind: 'schedule', actor_id: null, client_address: '', people: 1 },
    ])
    const [row] = await api.sql`select requested_by from draw_logs where event_id = ${event.id}`
    expect(row).toEqual({ requested_by: null })
  })

  test('fewer entries than winners all win, which is recorded with its reason', async () => {
    const event = await endedEvent(2, { winnerCount: 3, alternateCount: 2 })
    await drawDue(api.dependencies)
    const log = await logOf(event.id)
    const changeReason = '참여자가 2명이라 모두 당첨됐어요'
    expect(log).toMatchObject({
      winnerCount: 2,
      alternateCount: 0,
      deviation: { winnerCount: { published: 3, drawn: 2 }, changeReason },
    })
    await verifiedDraw(api, log?.drawLogId ?? '')
    const page = await api.anonymous.events.getBySlug({ slug: event.slug })
    expect(page.rules?.amendments.at(-1)).toMatchObject({ changeReason, entriesSoFar: 2 })
  })

  test('an event without entries is cancelled, which its chain and its pages say', async () => {
    const event = await endedEvent(0)
    expect(await drawDue(api.dependencies)).toBe(1)
    const page = await api.anonymous.events.getBySlug({ slug: event.slug })
    expect(page).toMatchObject({ status: 'cancelled', cancelReason: 'no-entries' })
    const { records } = await api.anonymous.draws.chain({ eventId: event.id })
    expect(records.at(-1)).toMatchObject({ type: 'cancel' })
    expect(await drawDue(api.dependencies)).toBe(0)
  })

  test('nothing happens before a minute has passed, and nothing to events that are drawn by hand', async () => {
    const early = await endedEvent(1, { endedMinutes: 0.4 })
    const manual = await endedEvent(1, { drawsAutomatically: false })
    const cancelled = await endedEvent(1)
    await owner.events.cancel({ eventId: cancelled.id })
    expect(await drawDue(api.dependencies)).toBe(0)
    expect(await Promise.all([early, manual, cancelled].map(({ id }) => statusOf(id)))).toEqual([
      'published',
      'published',
      'cancelled',
    ])
    await api.sql`update events set draws_automatically = false where id = ${early.id}`
  })

  test('a draw more than a minute late says so', async () => {
    const event = await endedEvent(1, { winnerCount: 1, endedMinutes: 30 })
    await drawDue(api.dependencies)
    const log = await logOf(event.id)
    const { drawAt } = await owner.events.getForOwner({ eventId: event.id })
    expect(log?.deviation).toEqual({
      drawAt: { published: drawAt, drawn: expect.any(String) },
      changeReason: null,
    })
    await verifiedDraw(api, log?.drawLogId ?? '')
  })

  test('with public randomness the list is locked at once, and the worker draws once the round is there', async () => {
    const event = await endedEvent(2, { winnerCount: 1, beacon: 'quicknet', beaconDelay: 15 })
    expect(await drawDue(api.dependencies)).toBe(1)
    expect(await statusOf(event.id)).toBe('locked')
    expect(await logOf(event.id)).toMatchObject({
      isAutomatic: true,
      drawnAt: null,
      drawsAt: expect.any(String),
    })
    expect(await finishOpenDraws(api.dependencies)).toBe(0)
    await api.sql`update draw_logs set next_try_at = 'infinity' where event_id = ${event.id}`
  })
})

describe('drawing by hand', () => {
  test('before the published time replaces it: the rules, the result and their reason say so', async () => {
    const event = await createOpenEvent(owner, { drawsAutomatically: true, winnerCount: 1, visitBonus: 1 })
    await enterParticipants(api.anonymous, event.id, 2)
    expect(await owner.draws.preview({ eventId: event.id })).toMatchObject({ replacesDrawAt: event.drawAt })
    const { drawLogId } = await drawNow(owner, {
      eventId: event.id,
      winnerCount: 1,
      visitBonus: true,
      changeReason: '행사를 일찍 마쳐요',
    })
    const { records } = await api.anonymous.draws.chain({ eventId: event.id })
    expect(records[1]).toMatchObject({ type: 'rules', drawAt: null })
    expect(await logOf(event.id)).toMatchObject({
      isAutomatic: false,
      deviation: {
        drawAt: { published: event.drawAt, drawn: expect.any(String) },
        changeReason: '행사를 일찍 마쳐요',
      },
    })
    await verifiedDraw(api, drawLogId)
  })

  test('within the minute after the close also replaces it', async () => {
    const event = await endedEvent(1, { winnerCount: 1, endedMinutes: 0.5 })
    const { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount: 1, visitBonus: 0 })
    expect((await logOf(event.id))?.deviation).toMatchObject({ drawAt: expect.any(Object) })
    await verifiedDraw(api, drawLogId)
  })

  test('after the published time needs no amendment', async () => {
    const event = await endedEvent(1, { winnerCount: 1 })
    expect(await owner.draws.preview({ eventId: event.id })).toMatchObject({ replacesDrawAt: null })
    const before = await api.anonymous.draws.chain({ eventId: event.id })
    const { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount: 1, visitBonus: 0 })
    const after = await api.anonymous.draws.chain({ eventId: event.id })
    expect(after.records.slice(before.records.length).map(({ type }) => type)).toEqual(['lock', 'result'])
    await verifiedDraw(api, drawLogId)
  })
})
