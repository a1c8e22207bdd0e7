import { recordStatements } from '@eungmo/db/testing/recorded-statements'
import { receiptText } from '@eungmo/draw/receipts'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { z } from 'zod'
import { ATTEMPT_LIMITS, expireAttempts, takeAttempt } from '../src/attempts/attempt-budget.ts'
import { toErrorResponse } from '../src/errors/error-response.ts'
import type { Observation } from '../src/observation.ts'
import { appRouter, createCaller } from '../src/router.ts'
import { type ApiFixture, type Caller, startApi } from './support/api-fixture.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'

const cryptoCalls = vi.hoisted(() => {
  // Test files share modules: this one loads its own, which call the functions below.
  vi.resetModules()
  return { hmac: 0, compare: 0 }
})
const digest = vi.spyOn(Bun.CryptoHasher.prototype, 'digest')
// Counts the calls and makes them: every computation stays real.
vi.mock('node:crypto', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:crypto')>()
  return {
    ...original,
    createHmac: (...args: Parameters<typeof original.createHmac>) => {
      cryptoCalls.hmac += 1
      return original.createHmac(...args)
    },
    timingSafeEqual: (...args: Parameters<typeof original.timingSafeEqual>) => {
      cryptoCalls.compare += 1
      return original.timingSafeEqual(...args)
    },
  }
})

let api: ApiFixture
let owner: Caller
const observed: Observation[] = []

beforeAll(async () => {
  // Request limits are off here, which must not switch the budgets off.
  api = await startApi(inject('postgresUrl'), { observe: (observation) => observed.push(observation) })
  owner = api.as((await api.createShop()).owner)
})
afterAll(async () => {
  await api.close()
  digest.mockRestore()
  vi.resetModules()
})

const wrongPhone = (n: number) => `010-9999-${String(1000 + n)}`

async function eventWithEntry() {
  const event = await createOpenEvent(owner)
  const [entry] = await enterParticipants(api.anonymous, event.id, 1)
  if (!entry?.receipt) throw new Error('no receipt')
  const { applicationNumber, phoneNumber, receipt } = entry
  const check = (proof: object) => api.anonymous.participations.selfCheck({ eventId: event.id, ...proof })
  const guess = (n: number) =>
    expectApiError(check({ applicationNumber, phoneNumber: wrongPhone(n) }), 'NOT_FOUND')
  const exhaust = async () => {
    for (let n = 0; n < ATTEMPT_LIMITS.free; n++) await guess(n)
  }
  return { event, applicationNumber, phoneNumber, receipt: receiptText(receipt), check, guess, exhaust }
}

/** Statements and computations of a call that ends with NOT_FOUND, and the response that it causes. */
async function traceOf(call: (customer: Caller) => Promise<unknown>) {
  const { db, statements } = recordStatements(api.sql)
  const dependencies = { ...api.dependencies, db }
  const before = { ...cryptoCalls }
  digest.mockClear()
  const customer = createCaller(api.contextOf(undefined, { dependencies }))
  const error = await expectApiError(call(customer), 'NOT_FOUND')
  const computations = {
    hmac: cryptoCalls.hmac - before.hmac,
    compare: cryptoCalls.compare - before.compare,
    digest: digest.mock.calls.length,
  }
  return { statements, computations, response: toErrorResponse(error, 'ko') }
}

describe('guessing somebody’s phone number', () => {
  test('wrong, unknown, malformed and exhausted get one response by the same statements and computations', async () => {
    const { event, applicationNumber, phoneNumber, exhaust } = await eventWithEntry()
    const trace = (number: string, phone: string) =>
      traceOf((customer) =>
        customer.participations.selfCheck({
          eventId: event.id,
          applicationNumber: number,
          phoneNumber: phone,
        }),
      )
    const wrong = await trace(applicationNumber, wrongPhone(100))
    const unknown = await trace('K7M2-9QXF', phoneNumber)
    const malformed = await trace('not a number', phoneNumber)
    await exhaust()
    const exhausted = await trace(applicationNumber, phoneNumber)

    expect(wrong.statements).toHaveLength(4)
    expect(wrong.computations).toMatchObject({ hmac: 2, compare: 1 })
    expect(wrong.computations.digest).toBeGreaterThan(0)
    expect(wrong.response.body.message).toContain('영수증')
    expect(unknown).toEqual(wrong)
    expect(malformed).toEqual(wrong)
    expect(exhausted).toEqual(wrong)
  })

  test('the right number after too many wrong ones gets 404, and an operator can count it', async () => {
    const { applicationNumber, phoneNumber, check, exhaust } = await eventWithEntry()
    await exhaust()
    observed.length = 0
    await expectApiError(check({ applicationNumber, phoneNumber }), 'NOT_FOUND')
    expect(observed).toEqual([{ kind: 'attempts-exhausted', purpose: 'self-check' }])
  })

  test('never locks out the holder of a saved receipt, with and without the phone number', async () => {
    const { applicationNumber, phoneNumber, receipt, check, exhaust } = await eventWithEntry()
    await exhaust()
    expect((await check({ receipt })).shows).toBe('list-status')
    expect(await check({ receipt, phoneNumber })).toMatchObject({ shows: 'entry', applicationNumber })
  })

  test('is limited for the holder of a receipt as well, who still sees the status in the list', async () => {
    const { phoneNumber, receipt, check } = await eventWithEntry()
    for (let n = 0; n < ATTEMPT_LIMITS.free; n++)
      await expectApiError(check({ receipt, phoneNumber: wrongPhone(n) }), 'NOT_FOUND')
    await expectApiError(check({ receipt, phoneNumber }), 'NOT_FOUND')
    expect((await check({ receipt })).shows).toBe('list-status')
  })

  test('at one purpose leaves the attempts at another', async () => {
    const { event, applicationNumber, phoneNumber, exhaust } = await eventWithEntry()
    await exhaust()
    const input = { eventId: event.id, applicationNumber, phoneNumber }
    expect(await api.anonymous.participations.receipt(input)).not.toBeNull()
  })

  test('one phone number tried with every application number runs into its own budget', async () => {
    const { event, check } = await eventWithEntry()
    const entered = await enterParticipants(api.anonymous, event.id, ATTEMPT_LIMITS.free + 1, 1)
    const [, ...others] = entered
    const last = others.at(-1)
    for (const { applicationNumber } of others)
      await expectApiError(check({ applicationNumber, phoneNumber: wrongPhone(300) }), 'NOT_FOUND')
    observed.length = 0
    await expectApiError(
      check({ applicationNumber: last?.applicationNumber, phoneNumber: wrongPhone(300) }),
      'NOT_FOUND',
    )
    expect(observed).toHaveLength(1)
    const own = { applicationNumber: last?.applicationNumber, phoneNumber: last?.phoneNumber }
    expect(await check(own)).toMatchObject({ shows: 'entry' })
  })

  test('many requests at once pass no more often than one after the other', async () => {
    const { applicationNumber, guess } = await eventWithEntry()
    observed.length = 0
    await Promise.all(Array.from({ length: 20 }, (_, n) => guess(400 + n)))
    expect(applicationNumber).toBeTruthy()
    expect(observed).toHaveLength(20 - ATTEMPT_LIMITS.free)
  })
})

describe('a budget of attempts', () => {
  const attempt = (subject: string) => ({
    purpose: 'self-check' as const,
    proof: 'phone' as const,
    subjects: [subject],
  })
  /** Lets the time of every budget pass. */
  const pass = (interval: string) =>
    api.sql.unsafe(`update attempt_budgets set available_at = available_at - interval '${interval}',
      expires_at = expires_at - interval '${interval}'`)

  test('gives an attempt that succeeded back, wait included', async () => {
    for (let n = 0; n < 20; n++) {
      const taken = await takeAttempt(api.dependencies, attempt('correct'))
      expect(taken.allowed).toBe(true)
      await taken.settle(true)
    }
  })

  test('doubles its wait with every failure, allows some 17 a day, and starts over after a day', async () => {
    const allowed = async () => (await takeAttempt(api.dependencies, attempt('waits'))).allowed
    for (let n = 0; n < ATTEMPT_LIMITS.free; n++) expect(await allowed()).toBe(true)
    for (let waitS = 30; waitS <= 30 * 2 ** 10; waitS *= 2) {
      await pass(`${waitS - 5} seconds`)
      expect(await allowed()).toBe(false)
      await pass('6 seconds')
      expect(await allowed()).toBe(true)
    }
    await pass('1 day')
    for (let n = 0; n < ATTEMPT_LIMITS.free; n++) expect(await allowed()).toBe(true)
    expect(await allowed()).toBe(false)
  })

  test('stores no number, and goes when it has expired', async () => {
    await takeAttempt(api.dependencies, attempt('+821012345678'))
    const rows = await api.sql`select key, used from attempt_budgets`
    expect(rows.every(({ key }) => key.length === 32)).toBe(true)
    await pass('1 day')
    expect(await expireAttempts(api.dependencies)).toBe(rows.length)
    expect(await api.sql`select from attempt_budgets`).toHaveLength(0)
  })
})

test('no procedure but self-check and withdrawal takes a receipt: another one has to be tried in receipt-alone.spec.ts', () => {
  const takesReceipt = Object.entries(appRouter._def.procedures as Record<string, unknown>)
    .filter(([, procedure]) => {
      const { inputs }: { inputs: z.ZodType[] } = Reflect.get(Object(procedure), '_def')
      return inputs.some((input) =>
        JSON.stringify(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })).includes('"receipt"'),
      )
    })
    .map(([path]) => path)
  expect(takesReceipt).toEqual(['participations.selfCheck', 'participations.withdraw'])
})

test('a receipt alone shows what the public list says, and nothing else', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 1 })
  const [entry] = await enterParticipants(api.anonymous, event.id, 2)
  if (!entry?.receipt) throw new Error('no receipt')
  const input = { eventId: event.id, receipt: receiptText(entry.receipt) }
  const expected = {
    shows: 'list-status',
    eventId: event.id,
    slug: event.slug,
    title: event.title,
    announcementDate: event.announcementDate,
    applicationNumber: entry.applicationNumber,
    receipt: entry.receipt,
  }
  expect(await api.anonymous.participations.selfCheck(input)).toEqual({
    ...expected,
    tickets: null,
    exclusionReason: null,
    inclusion: null,
    missing: false,
  })
  await owner.draws.drawWinners({ eventId: event.id, winnerCount: 1, visitBonus: false })
  expect(await api.anonymous.participations.selfCheck(input)).toEqual({
    ...expected,
    tickets: 1,
    exclusionReason: 0,
    inclusion: { lock: expect.anything(), proof: expect.anything(), drawLogId: expect.any(String) },
    missing: false,
  })
})
