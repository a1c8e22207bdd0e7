import { describe, expect, test } from 'vitest'
import { toErrorResponse } from '../src/errors/error-response.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const { api, members, callers } = await startTwoShops()
const eventId = (await createOpenEvent(callers.owner)).id

describe('text that PostgreSQL cannot store', () => {
  test.each([
    ['entryPath', 'SNS\0'],
    ['visitToken', '\0'],
    ['name', '김\0은모'],
    ['entryPath', 'SNS\ud800'],
  ])('in an entry’s %s is 400 and names the field: %j', async (field, value) => {
    const { status, body } = await api.rest('POST', '/participations', {
      body: entryInput(eventId, 1, { [field]: value }),
    })
    expect([status, body.code, body.fields[0].field]).toEqual([400, 'VALIDATION_FAILED', field])
  })

  test.each([
    ['POST', '/events', { ...eventInput(), story: '\0' }, 'story'],
    ['POST', '/events', { ...eventInput(), title: '이벤트\r\nX-Header: 1' }, 'title'],
    ['POST', '/events', { ...eventInput(), title: '\u202e이벤트' }, 'title'],
    ['POST', '/events', { ...eventInput(), startsAt: '0000-01-01T00:00:00Z' }, 'startsAt'],
    ['POST', '/events', { ...eventInput(), startsAt: '0020-02-29T00:00:00Z' }, 'startsAt'],
    ['POST', '/events', { ...eventInput(), endsAt: '9999-12-31T23:59:59-23:59' }, 'endsAt'],
    [
      'POST',
      '/events/{id}/draw-winners',
      { winnerCount: 1, visitBonus: 0, changeReason: '\0' },
      'changeReason',
    ],
    ['POST', '/draws/{id}/redraw', { ranks: [1], reason: '\0' }, 'reason'],
    ['GET', '/events/{id}/participants?cursor=%00', undefined, 'cursor'],
  ])('%s %s is 400 and names the field: %j', async (method, path, body, field) => {
    const response = await api.rest(method, path.replace('{id}', eventId), { viewer: members.owner, body })
    expect([response.status, response.body.code]).toEqual([400, 'VALIDATION_FAILED'])
    expect(response.body.fields[0].field).toBe(field)
  })

  test.each(['%00', 'a%00b', '%ED%A0%80', '..%2F..', 'x'.repeat(5_000)])(
    'in an address is 400 or 404: %s',
    async (hostile) => {
      for (const path of [`/events/${hostile}`, `/draws/${hostile}/entries`, `/draws/${hostile}/transcript`])
        expect([400, 404]).toContain((await api.rest('GET', path)).status)
    },
  )

  test('in the address of a page is an error of the caller, and in a link’s extras nothing at all', async () => {
    const { slug } = await callers.owner.events.get({ eventId })
    for (const wrong of ['\0', 'a\0b', '\ud800', 'x'.repeat(101)]) {
      for (const call of [
        api.anonymous.events.getBySlug({ slug: wrong }),
        api.anonymous.winners.public({ slug: wrong }),
      ])
        expect(toErrorResponse(await call.catch((error: unknown) => error), 'ko').status).toBe(400)
      const page = await api.anonymous.events.getBySlug({ slug, via: wrong, visitToken: wrong })
      expect([page.chosenEntryPath, page.visit]).toEqual([null, false])
    }
  })

  test('in the name of an API key is 400', async () => {
    const error = await callers.owner.apiKeys
      .create({ name: 'key\0', scopes: ['events:write'] })
      .catch((cause: unknown) => cause)
    expect(toErrorResponse(error, 'ko').status).toBe(400)
  })
})

test('an entry path in another normal form is the same entry path', async () => {
  const body = entryInput(eventId, 2, { entryPath: ' 우리동네TV'.normalize('NFD') })
  expect((await api.rest('POST', '/participations', { body })).status).toBe(201)
  const { items } = await callers.owner.participants.list({ eventId })
  expect(items[0]?.entryPath).toBe('우리동네TV')
  const archived = { eventId, entryPath: '링고비즈'.normalize('NFD'), archived: true }
  expect(await callers.owner.channels.archive(archived)).toMatchObject({
    entryPath: '링고비즈',
    archived: true,
  })
})

describe('an unknown key', () => {
  test.each([
    ['POST', '/participations', () => entryInput(eventId, 3, { colour: 'red' }), 'colour'],
    ['POST', '/events', () => ({ ...eventInput(), colour: 'red' }), 'colour'],
    [
      'POST',
      '/events',
      () => ({ ...eventInput(), prizes: [{ name: '빵', count: 2, size: 1 }] }),
      'prizes.0.size',
    ],
    [
      'POST',
      '/events',
      () => ({ ...eventInput(), channels: [{ entryPath: 'A', kind: 'store' }] }),
      'channels.0.kind',
    ],
    ['PATCH', '/events/{id}', () => ({ status: 'drawn' }), 'status'],
    ['PATCH', '/events/{id}', () => ({ eventId, title: '제목' }), 'eventId'],
    ['POST', '/events/{id}/publish', () => ({ force: true }), 'force'],
    ['POST', '/events/{id}/draw-winners', () => ({ winnerCount: 1, visitBonus: 0, winners: [] }), 'winners'],
    ['POST', '/draws/{id}/redraw', () => ({ ranks: [1], reason: 'declined', by: 'x' }), 'by'],
  ])('in a body is 400 and named: %s %s', async (method, path, body, field) => {
    const response = await api.rest(method, path.replace('{id}', eventId), {
      viewer: members.owner,
      body: body(),
    })
    expect(response.status).toBe(400)
    expect(response.body.fields).toContainEqual(expect.objectContaining({ field, code: 'unknown_field' }))
  })

  test('in a query is ignored', async () => {
    const path = `/events/${eventId}/participants?limit=1&utm_source=kakao`
    expect((await api.rest('GET', path, { viewer: members.owner })).status).toBe(200)
  })
})

test('ten events of one title at once get ten slugs', async () => {
  const created = await Promise.all(
    Array.from({ length: 10 }, () =>
      api.rest('POST', '/events', { viewer: members.owner, body: eventInput({ title: '한 이름 이벤트' }) }),
    ),
  )
  expect(created.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201))
  expect(new Set(created.map(({ body }) => body.slug)).size).toBe(10)
})

test('what the database rejects all the same is an error of the caller, not of the server', async () => {
  for (const [statement, status, code] of [
    [api.sql`select ${'not a uuid'}::uuid`, 400, 'VALIDATION_FAILED'],
    [api.sql`select ${'0000-01-01'}::timestamptz`, 400, 'VALIDATION_FAILED'],
    [api.sql`insert into shops (id, name, slug) select id, name, slug from shops`, 409, 'CONFLICT'],
  ] as const) {
    const error = await statement.catch((cause: unknown) => new Error('failed query', { cause }))
    const response = toErrorResponse(error, 'en')
    expect([response.status, response.body.code]).toEqual([status, code])
    expect(JSON.stringify(response.body)).not.toMatch(/uuid|shops/)
  }
})
