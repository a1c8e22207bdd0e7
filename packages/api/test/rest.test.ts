import { DEFAULT_MAX_BODY_BYTES } from '@eungmo/config/variables'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Member } from '../src/context.ts'
import { type ApiFixture, startApi } from './support/api-fixture.ts'
import { documentChecker } from './support/document-checker.ts'
import type { RestRequest } from './support/rest-client.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'

let api: ApiFixture
let owner: Member
let staff: Member
let stranger: Member
let eventId: string

beforeAll(async () => {
  api = await startApi(inject('postgresUrl'))
  ;({ owner, staff } = await api.createShop())
  stranger = (await api.createShop('다른 가게')).owner
  eventId = (await createOpenEvent(api.as(owner))).id
})
afterAll(() => api.close())

describe('the REST API', () => {
  test('responds as its OpenAPI document declares, for every operation', async () => {
    const checker = documentChecker()
    const call = async (
      operation: string,
      parameters: Record<string, string>,
      options: RestRequest & { query?: string },
      status: number,
    ) => {
      const [method = '', template = ''] = operation.split(' ')
      const path = template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(parameters[name] ?? ''))
      const response = await api.rest(method, path + (options.query ?? ''), options)
      expect(response.status, `${operation}: ${response.text}`).toBe(status)
      checker.check(operation, response)
      return response.body
    }

    const event = await call(
      'POST /events',
      {},
      {
        viewer: owner,
        body: eventInput({ title: 'REST로 만든 이벤트' }),
      },
      201,
    )
    const at = { eventId: event.id }
    await call('PATCH /events/{eventId}', at, { viewer: owner, body: { visitBonus: 3 } }, 200)
    await call('GET /events/{eventId}', at, {}, 404)
    await call('POST /events/{eventId}/publish', at, { viewer: owner }, 200)
    await call('POST /events/{eventId}/publish', at, { viewer: owner }, 409)
    const duplicate = { viewer: owner, body: { submissionId: crypto.randomUUID() } }
    const copy = await call('POST /events/{eventId}/duplicate', at, duplicate, 201)
    const repeated = await call('POST /events/{eventId}/duplicate', at, duplicate, 201)
    expect(repeated.id).toBe(copy.id)
    const shown = await call('GET /events/{eventId}', at, {}, 200)
    expect(shown).toMatchObject({ visitBonus: 3, winnerCount: 2 })
    expect(shown.channels.map(({ entryPath }: { entryPath: string }) => entryPath)).toEqual([
      '우리동네TV',
      'SNS',
      '링고비즈',
    ])

    for (let n = 0; n < 6; n++) await call('POST /participations', {}, { body: entryInput(event.id, n) }, 201)
    await call('POST /participations', {}, { body: entryInput(event.id, 0) }, 409)
    await call('POST /participations', {}, { body: {} }, 400)
    await call('POST /participations', {}, { body: entryInput(Bun.randomUUIDv7(), 0) }, 404)

    const page = await call(
      'GET /events/{eventId}/participants',
      at,
      { viewer: staff, query: '?limit=4' },
      200,
    )
    expect(page.items.length).toBe(4)
    const query = `?limit=4&cursor=${page.nextCursor}`
    const last = await call('GET /events/{eventId}/participants', at, { viewer: staff, query }, 200)
    expect([last.items.length, last.nextCursor]).toEqual([2, null])
    await call('GET /events/{eventId}/participants', at, { viewer: staff, query: '?limit=x' }, 400)
    const exclusion = '/events/{eventId}/participants/{participantId}/exclusion'
    const excluded = { ...at, participantId: page.items[0].participantId }
    await call(`PUT ${exclusion}`, excluded, { viewer: owner, body: { reason: 'staff' } }, 200)
    await call(`DELETE ${exclusion}`, excluded, { viewer: owner }, 200)
    const search = 'POST /events/{eventId}/participants/search'
    const found = await call(
      search,
      at,
      { viewer: staff, body: { q: entryInput(event.id, 2).phoneNumber } },
      200,
    )
    expect(found.items.length).toBe(1)
    await call(search, at, { viewer: staff, body: {} }, 400)
    await call('GET /events/{eventId}/analytics', at, { viewer: staff }, 200)

    const draw = 'POST /events/{eventId}/draw-winners'
    await call(draw, at, { viewer: owner, body: { winnerCount: 7, visitBonus: true } }, 422)
    await call(draw, at, { body: { winnerCount: 2, visitBonus: true } }, 401)
    await call(draw, at, { viewer: staff, body: { winnerCount: 2, visitBonus: true } }, 403)
    const drawn = await call(draw, at, { viewer: owner, body: { winnerCount: 2, visitBonus: true } }, 200)
    expect(drawn.winners.length).toBe(2)
    await call(draw, at, { viewer: owner, body: { winnerCount: 2, visitBonus: true } }, 409)

    const log = { drawLogId: drawn.drawLogId }
    await call('GET /events/{eventId}/draws', at, { viewer: staff }, 200)
    await call('GET /draws/{drawLogId}', log, { viewer: staff }, 200)
    await call('GET /draws/{drawLogId}/transcript', log, {}, 200)
    await call('GET /draws/{drawLogId}/entries', log, {}, 200)
    const csv = await api.rest('GET', `/draws/${drawn.drawLogId}/entries`, {
      headers: { Accept: 'text/csv' },
    })
    expect(csv.headers.get('content-type')).toContain('text/csv')
    expect(csv.text.trim().split('\n').length).toBeGreaterThanOrEqual(6)
    const redraw = { ranks: [1], reason: 'declined' }
    const again = await call('POST /draws/{drawLogId}/redraw', log, { viewer: owner, body: redraw }, 200)
    expect(again.winners.length).toBe(2)
    await call('GET /events/{eventId}/chain', at, {}, 200)

    await call('GET /events/{eventId}/transcript', at, {}, 404)
    const cancelled = await createOpenEvent(api.as(owner))
    const { applicationNumber } = await call(
      'POST /participations',
      {},
      { body: entryInput(cancelled.id, 0) },
      201,
    )
    const known = {
      eventId: cancelled.id,
      applicationNumber,
      phoneNumber: entryInput(cancelled.id, 0).phoneNumber,
    }
    const { proof } = await call('POST /participations/own-data', {}, { body: known }, 200)
    const own = { eventId: cancelled.id, proof }
    const corrected = await call(
      'POST /participations/correct-name',
      {},
      { body: { ...own, name: '이하늘' } },
      200,
    )
    expect(corrected).toEqual({ name: '이하늘' })
    await call('POST /participations/withdraw-marketing', {}, { body: own }, 200)
    const withdrawn = await call('POST /participations/withdraw', {}, { body: own }, 200)
    expect(withdrawn).toMatchObject({ alreadyWithdrawn: false, mayEnterAgain: true })
    await call('POST /participations/own-data', {}, { body: known }, 404)
    await api.as(owner).events.cancel({ eventId: cancelled.id })
    await call('GET /events/{eventId}/transcript', { eventId: cancelled.id }, {}, 200)

    expect(checker.untested()).toEqual([])
  })

  test.each([
    ['GET', '/nothing', 404, 'NOT_FOUND'],
    ['GET', '/participations', 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/events/%ZZ', 404, 'NOT_FOUND'],
    ['GET', '/events/1', 400, 'VALIDATION_FAILED'],
    ['GET', `/events/${Bun.randomUUIDv7()}`, 404, 'NOT_FOUND'],
    ['GET', `/events/${Bun.randomUUIDv7()}/analytics`, 401, 'UNAUTHENTICATED'],
  ])('%s %s is %d %s', async (method, path, status, code) => {
    const response = await api.rest(method, path)
    expect([response.status, response.body.code]).toEqual([status, code])
    expect(response.body.message).toMatch(/[가-힣]/)
    expect(response.text).not.toMatch(/stack|\.ts/)
  })

  test('lists the supported methods of an address in Allow', async () => {
    const response = await api.rest('DELETE', `/events/${eventId}`)
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, PATCH'])
  })

  test.each([
    ['without a type', { 'Content-Type': '' }, '{}', 415],
    ['as a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'name=x', 415],
    ['as text', { 'Content-Type': 'text/plain' }, '{}', 415],
    ['that is broken', {}, '{"eventId":', 400],
    ['that is a list', {}, '[]', 400],
    ['that is null', {}, 'null', 400],
    ['that is too large', {}, JSON.stringify({ name: 'x'.repeat(DEFAULT_MAX_BODY_BYTES) }), 413],
  ])('a body %s', async (_, headers, body, status) => {
    const response = await api.rest('POST', '/participations', { body, headers })
    expect(response.status).toBe(status)
    expect(response.body).toMatchObject({ message: expect.any(String), code: expect.any(String) })
  })

  test('rejects a consent that is not the boolean true', async () => {
    for (const privacyConsent of ['true', 1, 'yes', {}]) {
      const body = entryInput(eventId, 40, { privacyConsent })
      expect((await api.rest('POST', '/participations', { body })).status).toBe(400)
    }
  })

  test.each([
    'GET /events/{id}/analytics',
    'GET /events/{id}/participants',
    'POST /events/{id}/participants/search',
    'GET /events/{id}/draws',
    'PATCH /events/{id}',
    'POST /events/{id}/publish',
    'POST /events/{id}/draw-winners',
  ])('%s returns 401 to visitors and 404 to other shops', async (operation) => {
    const [method = '', path = ''] = operation.replace('{id}', eventId).split(' ')
    const fields = operation.endsWith('draw-winners')
      ? { winnerCount: 1, visitBonus: 0 }
      : operation.endsWith('search')
        ? { q: '김' }
        : {}
    const body = method === 'GET' ? undefined : fields
    const anonymous = await api.rest(method, path, { body })
    expect(anonymous.status).toBe(401)
    expect(anonymous.headers.get('www-authenticate')).toBe('Bearer')
    const other = await api.rest(method, path, { body, viewer: stranger })
    expect([other.status, other.body.code]).toEqual([404, 'NOT_FOUND'])
  })

  test('limits entries per client address and returns Retry-After', async () => {
    const limited = await startApi(inject('postgresUrl'), { rateLimit: true })
    try {
      const { id } = await createOpenEvent(limited.as((await limited.createShop()).owner))
      const from = (clientAddress: string, n: number) =>
        limited.rest('POST', '/participations', { body: entryInput(id, n), context: { clientAddress } })
      const responses = await Promise.all(Array.from({ length: 320 }, (_, n) => from('192.0.2.7', n)))
      const limitedResponses = responses.filter(({ status }) => status === 429)
      expect(limitedResponses.length).toBeGreaterThan(0)
      expect(limitedResponses.length).toBeLessThanOrEqual(20)
      expect(limitedResponses[0]?.body.code).toBe('RATE_LIMITED')
      expect(Number(limitedResponses[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
      expect((await from('192.0.2.8', 400)).status).toBe(201)
    } finally {
      await limited.close()
    }
  })
})
