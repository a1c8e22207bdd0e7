import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pause, resume } from '../src/operator/pause.ts'
import { drawNow, verifiedDraw } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { runOperator } from './support/operator-command.ts'
import { enterParticipants, entryInput } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner, staff, stranger },
} = await startTwoShops()
const { db } = api.dependencies

const REASON = '개인정보 유출이 의심되어 확인하고 있어요'
const paused = { reason: REASON, at: expect.any(String) }
const pauseReason = { pauseReason: REASON }

let event: Awaited<ReturnType<typeof createOpenEvent>>

beforeEach(async () => {
  event = await createOpenEvent(owner)
})

describe('a paused event', () => {
  test('rejects entries over REST and tRPC with 409 EVENT_PAUSED and the reason, and takes them again', async () => {
    await pause(db, { target: event.id, reason: REASON })
    const rest = await api.rest('POST', '/participations', { body: entryInput(event.id, 1) })
    expect(rest).toMatchObject({
      status: 409,
      body: { code: 'EVENT_PAUSED', ...pauseReason, message: `운영자가 잠시 멈춘 이벤트예요: ${REASON}` },
    })
    await expectApiError(enterParticipants(api.anonymous, event.id, 1, 2), 'EVENT_PAUSED', pauseReason)
    await resume(db, { target: event.slug })
    await enterParticipants(api.anonymous, event.id, 2, 1)
  })

  test('returns the response of an entry that was stored before again', async () => {
    const body = entryInput(event.id, 3)
    const headers = { 'idempotency-key': Bun.randomUUIDv7() }
    const first = await api.rest('POST', '/participations', { body, headers })
    await pause(db, { target: event.id, reason: REASON })
    const again = await api.rest('POST', '/participations', { body, headers })
    expect(again).toMatchObject({
      status: 201,
      body: { applicationNumber: first.body.applicationNumber },
    })
  })

  test('shows the reason on its page and in its JSON at once, and to its shop', async () => {
    const before = await api.anonymous.events.getBySlug({ slug: event.slug })
    await pause(db, { target: event.slug, reason: REASON })
    const page = await api.anonymous.events.getBySlug({ slug: event.slug })
    expect(page).toMatchObject({ paused, phase: 'open' })
    expect(page.version).not.toBe(before.version)
    expect((await api.rest('GET', `/events/${event.id}`)).body).toMatchObject({ paused })
    expect(await staff.events.getForOwner({ eventId: event.id })).toMatchObject({ paused })
    const listed = (await owner.events.list()).find(({ id }) => id === event.id)
    expect(listed).toMatchObject({ paused })

    await pause(db, { target: event.id, reason: '다른 이유예요' })
    const later = await api.anonymous.events.getBySlug({ slug: event.slug })
    expect(later.paused?.reason).toBe('다른 이유예요')
    await resume(db, { target: event.id })
    expect((await api.anonymous.events.getBySlug({ slug: event.slug })).paused).toBeNull()
  })

  test('is not drawn, and stays drawable', async () => {
    await enterParticipants(api.anonymous, event.id, 2)
    await pause(db, { target: event.id, reason: REASON })
    const input = { eventId: event.id, winnerCount: 2, visitBonus: false }
    await expectApiError(owner.draws.drawWinners(input), 'EVENT_PAUSED', pauseReason)
    expect(await owner.draws.list({ eventId: event.id })).toEqual([])
    await resume(db, { target: event.id })
    await drawNow(owner, input)
  })

  test('waits for entries that were judged before, whether it is paused itself or its shop', async () => {
    for (const target of [event.id, members.owner.shopId]) {
      let ended = false
      const entry = Promise.withResolvers<void>()
      const holding = api.sql.begin(async (tx) => {
        await tx`select rejection from entry_terms(${event.id}, true)`
        entry.resolve()
        await Bun.sleep(200)
        ended = true
      })
      await entry.promise
      await pause(db, { target, reason: REASON })
      expect(ended).toBe(true)
      await holding
      await resume(db, { target })
    }
  })
})

describe('a paused event that was drawn', () => {
  let drawn: Awaited<ReturnType<typeof createOpenEvent>>
  let drawLogId: string

  beforeAll(async () => {
    drawn = await createOpenEvent(owner)
    await enterParticipants(api.anonymous, drawn.id, 3)
    drawLogId = (await drawNow(owner, { eventId: drawn.id, winnerCount: 2, visitBonus: false })).drawLogId
    await api.sql`update events set starts_at = now() - interval '3 hours', ends_at = now() - interval '2 hours',
      announcement_date = now() - interval '1 hour' where id = ${drawn.id}`
  })

  test('hides its winners, and its proof stays', async () => {
    const winners = () => api.anonymous.winners.public({ slug: drawn.slug, after: 0 })
    const before = await winners()
    expect(before).toMatchObject({ state: 'announced', total: 2, paused: null })
    await pause(db, { target: drawn.id, reason: REASON })
    const hidden = await winners()
    expect(hidden).toMatchObject({
      state: 'paused',
      paused,
      winners: [],
      prizes: [],
      total: 0,
      withdrawn: [],
      drawLogId,
    })
    expect(hidden.version).not.toBe(before.version)
    expect(await api.anonymous.events.getBySlug({ slug: drawn.slug })).toMatchObject({ winnersPublic: false })
    await verifiedDraw(api, drawLogId)
    expect(await api.anonymous.draws.chain({ eventId: drawn.id })).toBeDefined()

    await expectApiError(
      owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' }),
      'EVENT_PAUSED',
      pauseReason,
    )
    await resume(db, { target: drawn.id })
    expect((await winners()).winners).toEqual(before.winners)
  })
})

describe('a paused shop', () => {
  test('pauses all its events, also new ones, and no event of another shop', async () => {
    const { owner: member } = await api.createShop('멈춘 가게')
    const ofShop = api.as(member)
    const existing = await createOpenEvent(ofShop)
    const foreign = await createOpenEvent(stranger)
    await pause(db, { target: member.shopId, reason: REASON })
    const { id } = await ofShop.events.create(eventInput())
    const created = await ofShop.events.publish({ eventId: id })
    for (const eventId of [existing.id, created.id]) {
      expect(await api.anonymous.events.get({ eventId })).toMatchObject({ paused })
      await expectApiError(enterParticipants(api.anonymous, eventId, 1), 'EVENT_PAUSED', pauseReason)
    }
    await enterParticipants(api.anonymous, foreign.id, 1)
    await expect(resume(db, { target: existing.id })).rejects.toThrow(
      'is not paused itself; its shop is paused',
    )
    await resume(db, { target: member.shopId })
    await enterParticipants(api.anonymous, existing.id, 1)
  })
})

test('a draft of a paused shop stays unknown', async () => {
  const { owner: member } = await api.createShop()
  const { id } = await api.as(member).events.create(eventInput())
  await pause(db, { target: member.shopId, reason: REASON })
  await expectApiError(enterParticipants(api.anonymous, id, 1), 'NOT_FOUND')
})

test('pause and resume are lines of the access log: the operator, where, the event, the reason', async () => {
  const before = Bun.randomUUIDv7()
  await pause(db, { target: event.id, reason: REASON })
  await resume(db, { target: event.id })
  const lines = await api.sql`select * from access_log where id > ${before}::uuid order by id`
  const line = {
    shop_id: members.owner.shopId,
    actor_kind: 'operator',
    actor_id: null,
    actor_role: null,
    client_address: expect.stringMatching(/.+@.+/),
    event_id: event.id,
    people: 0,
  }
  expect(lines).toMatchObject([
    { ...line, action: 'pause', purpose: REASON },
    { ...line, action: 'resume', purpose: null },
  ])
})

describe('the commands', () => {
  const run = (command: string, ...words: string[]) => runOperator(api.url, command, words)

  test('pause and resume an event', async () => {
    expect(await run('pause', event.slug, '--reason', REASON)).toEqual({
      exitCode: 0,
      stdout: `Paused the event "${event.title}" (${event.id}). Its pages show: ${REASON}\n`,
      stderr: '',
    })
    expect(await api.anonymous.events.get({ eventId: event.id })).toMatchObject({ paused })
    expect((await run('resume', event.id)).exitCode).toBe(0)
    expect(await run('resume', event.id)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('is not paused'),
    })
  })

  test.each([
    { words: [], stderr: 'an argument is missing' },
    { words: ['x'], stderr: '--reason is missing' },
    { words: ['x', '--reason', ''], stderr: '--reason is missing, or its value cannot be used' },
    { words: ['x', '--reason', 'ㄱ'.repeat(201)], stderr: '--reason is missing, or its value' },
    { words: ['x', '--reason', '두 줄\n이에요'], stderr: '--reason is missing, or its value' },
    { words: ['x', 'y', '--reason', REASON], stderr: 'not expected: y' },
    { words: ['x', '--because', REASON], stderr: '--because' },
  ])('exit with 2 and the usage for $words', async ({ words, stderr }) => {
    const result = await run('pause', ...words)
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain(stderr)
    expect(result.stderr).toContain('Usage: bun run operator:pause')
  })

  test('exit with 1 for what does not exist, and print the usage for --help', async () => {
    expect(await run('pause', 'no-such-event', '--reason', REASON)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'No event and no shop has the id or slug no-such-event.\n',
    })
    expect(await run('resume', '--help')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Usage:'),
    })
  })
})
