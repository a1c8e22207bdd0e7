import { verifyDraw } from '@eungmo/draw/verify'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { finishOpenDraws } from '../src/draws/finish-open-draws.ts'
import { type ApiFixture, type Caller, startApi } from './support/api-fixture.ts'
import { skipRetryPause } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTestRelay, type TestRelay, testChain } from './support/test-drand-relay.ts'

let relay: TestRelay
let api: ApiFixture
let owner: Caller

beforeAll(async () => {
  relay = startTestRelay()
  api = await startApi(inject('postgresUrl'), {
    drandRelays: ['http://127.0.0.1:1', relay.address],
    beaconChain: testChain,
    beaconStatusMaxAgeMs: 0,
  })
  owner = api.as((await api.createShop()).owner)
})
afterAll(async () => {
  await api.close()
  await relay.stop()
})
beforeEach(() => {
  relay.mode = 'honest'
  relay.behind = 0
})

async function beaconEvent(entries: number, alternateCount = 0) {
  const event = await createOpenEvent(owner, {
    winnerCount: 1,
    beacon: 'quicknet',
    beaconDelay: 15,
    alternateCount,
  })
  await enterParticipants(api.anonymous, event.id, entries)
  return {
    ...event,
    draw: () => owner.draws.drawWinners({ eventId: event.id, winnerCount: 1, visitBonus: false }),
  }
}

/** Shifts the attempt so that its beacon round is due now. */
const makeRoundDue = (drawLogId: string) =>
  api.sql`update draw_logs set draws_at = locked_at where id = ${drawLogId}`

async function chainTypes(eventId: string) {
  return (await api.anonymous.draws.chain({ eventId })).records.map(({ type }) => type)
}

async function verified(drawLogId: string) {
  const transcript = await api.anonymous.draws.transcript({ drawLogId })
  const entries = await api.anonymous.draws.entries({ drawLogId })
  expect(verifyDraw(transcript, entries, { chain: testChain })).toMatchObject({ ok: true })
  // The pinned production chain rejects rounds of the test chain.
  expect(verifyDraw(transcript, entries)).toMatchObject({ ok: false })
  return transcript
}

describe('before the lock', () => {
  test.each([
    ['no relay responds', () => Object.assign(relay, { mode: 'down' })],
    ['the relay signs another round', () => Object.assign(relay, { mode: 'wrong-round' })],
    ['the relay is four rounds behind', () => Object.assign(relay, { behind: 5 })],
  ])('a draw gets 503 and writes nothing when %s', async (_, disturb) => {
    const event = await beaconEvent(2)
    expect(await owner.events.beaconStatus()).toEqual({ reachable: true })
    disturb()
    expect(await owner.events.beaconStatus()).toEqual({ reachable: false })
    const error = await expectApiError(event.draw(), 'UNAVAILABLE', { reason: 'beacon-unreachable' })
    expect(error.details.retryAfter).toBeGreaterThan(0)
    expect(await chainTypes(event.id)).toEqual(['rules'])
    await enterParticipants(api.anonymous, event.id, 1, 2)
  })

  test('a published beacon cannot be removed', async () => {
    const event = await beaconEvent(1)
    await expectApiError(owner.events.update({ eventId: event.id, beacon: 'none' }), 'CONFLICT', {
      reason: 'beacon-kept',
    })
  })
})

describe('after the lock', () => {
  test('the draw returns 202 with its time, the lock is public at once, and the result waits for its round', async () => {
    const event = await beaconEvent(4)
    const pending = await event.draw()
    if (!('drawsAt' in pending)) throw new Error('drawn at once')
    const { drawLogId, drawsAt } = pending
    expect(Date.parse(drawsAt) - Date.now()).toBeGreaterThan(5_000)
    expect(await chainTypes(event.id)).toEqual(['rules', 'rules', 'lock'])

    await expectApiError(event.draw(), 'DRAW_IN_PROGRESS', { drawLogId, drawsAt })
    await expectApiError(api.anonymous.draws.transcript({ drawLogId }), 'DRAW_IN_PROGRESS')
    await expectApiError(api.anonymous.draws.entries({ drawLogId }), 'DRAW_IN_PROGRESS')
    await expectApiError(owner.events.cancel({ eventId: event.id }), 'CONFLICT')
    await expectApiError(enterParticipants(api.anonymous, event.id, 1, 9), 'EVENT_CLOSED')
    expect(await owner.draws.list({ eventId: event.id })).toMatchObject([{ drawnAt: null, winners: [] }])

    expect(await finishOpenDraws(api.dependencies)).toBe(0)
    await makeRoundDue(drawLogId)
    relay.mode = 'wrong-round'
    expect(await finishOpenDraws(api.dependencies)).toBe(0)
    relay.mode = 'down'
    await skipRetryPause(api, drawLogId)
    expect(await finishOpenDraws(api.dependencies)).toBe(0)
    expect(await chainTypes(event.id)).toEqual(['rules', 'rules', 'lock'])

    relay.mode = 'honest'
    await skipRetryPause(api, drawLogId)
    const finished = await Promise.all([finishOpenDraws(api.dependencies), finishOpenDraws(api.dependencies)])
    expect(finished[0] + finished[1]).toBe(1)
    expect(await finishOpenDraws(api.dependencies)).toBe(0)
    const [log] = await owner.draws.list({ eventId: event.id })
    expect(log?.winners).toHaveLength(1)
    const transcript = await verified(drawLogId)
    expect(transcript.records.map(({ type }) => type)).toEqual(['rules', 'rules', 'lock', 'result'])
  })

  test('a redraw waits for its own round, or for none while an alternate is waiting', async () => {
    const event = await beaconEvent(5, 1)
    const first = await event.draw()
    await makeRoundDue(first.drawLogId)
    await finishOpenDraws(api.dependencies)

    relay.mode = 'down'
    const promoted = await owner.draws.redraw({ drawLogId: first.drawLogId, ranks: [1], reason: 'declined' })
    expect(promoted).toMatchObject({ drawLogId: first.drawLogId, winners: [{ rank: 1 }] })
    const before = await chainTypes(event.id)
    const again = () => owner.draws.redraw({ drawLogId: first.drawLogId, ranks: [1], reason: 'declined' })
    await expectApiError(again(), 'UNAVAILABLE')
    expect(await chainTypes(event.id)).toEqual(before)

    relay.mode = 'honest'
    const pending = await again()
    expect(pending).toHaveProperty('drawsAt')
    await expectApiError(again(), 'DRAW_IN_PROGRESS')
    // The transcript of the first draw still verifies while the next is open.
    await verified(first.drawLogId)
    await makeRoundDue(pending.drawLogId)
    expect(await finishOpenDraws(api.dependencies)).toBe(1)
    await verified(pending.drawLogId)
    const [log] = await owner.draws.list({ eventId: event.id })
    expect(log).toMatchObject({ attempt: 2, previousDrawLogId: first.drawLogId, winners: [{ rank: 1 }] })
  })
})
