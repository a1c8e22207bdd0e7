import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Actor } from '../src/context.ts'
import { linesOfAccess } from './support/access-lines.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner, staff },
} = await startTwoShops()
const linesOf = linesOfAccess(api.sql)

const COUNT = 60
const NAME = '김하늘'
let eventId: string

beforeAll(async () => {
  eventId = (await createOpenEvent(owner)).id
  await enterParticipants(api.anonymous, eventId, COUNT)
})
afterEach(() => vi.restoreAllMocks())

/** Each look at the clock takes 50 ms, so that a part ends after a few rows. */
function slowDown() {
  let now = performance.now()
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 50))
}

interface Request {
  q?: string
  cursor?: string | undefined
  limit?: number
  entryPath?: string
}
const search = ({ q = NAME, cursor, limit = 100, entryPath }: Request = {}, caller = owner) =>
  caller.participants.search({ eventId, q, limit, entryPath, partial: true, ...(cursor && { cursor }) })

async function searchByParts(q = NAME, limit = 100) {
  const ids: string[] = []
  let parts = 0
  let cursor: string | undefined
  do {
    const part = await search({ q, cursor, limit: limit - ids.length })
    ids.push(...part.items.map(({ participantId }) => participantId))
    cursor = part.nextCursor ?? undefined
    parts += 1
  } while (cursor !== undefined && ids.length < limit)
  return { ids, parts, cursor }
}

test('a search that is sent in parts is one line, which names the most that it may show', async () => {
  slowDown()
  const lines = await linesOf(async () => {
    const { ids, parts } = await searchByParts()
    expect(new Set(ids).size).toBe(COUNT)
    expect(parts).toBeGreaterThan(3)
  })
  expect(lines).toMatchObject([{ action: 'search-participants', event_id: eventId, people: 100 }])
})

test('a search that finds nobody in any part is one line as well', async () => {
  slowDown()
  const lines = await linesOf(async () => {
    expect((await searchByParts('없는이름')).ids).toEqual([])
  })
  expect(lines).toHaveLength(1)
})

test('a search that ends with its first part names how many it showed', async () => {
  const lines = await linesOf(searchByParts)
  expect(lines).toMatchObject([{ people: COUNT }])
})

test('the next page of a search is a line of its own', async () => {
  slowDown()
  const lines = await linesOf(async () => {
    const first = await searchByParts(NAME, 20)
    expect(first.ids).toHaveLength(20)
    await search({ cursor: first.cursor, limit: 20 })
  })
  expect(lines.map(({ people }) => people)).toEqual([20, 20])
})

test('a cursor continues without a line only the search, the event and the actor that it is of, for a minute', async () => {
  slowDown()
  const { nextCursor } = await search()
  const cursor = nextCursor ?? ''
  const [last = '', , until = '', mac = ''] = cursor.split('.')
  const key: Actor = {
    ...members.owner,
    via: 'api-key',
    apiKeyId: Bun.randomUUIDv7(),
    scopes: ['participants:read'],
  }
  const withoutLine = await linesOf(() => search({ cursor }))
  expect(withoutLine).toEqual([])
  const attempts: [string, () => Promise<unknown>][] = [
    ['other words', () => search({ q: '김', cursor })],
    ['a filter', () => search({ entryPath: 'SNS', cursor })],
    ['another member', () => search({ cursor }, staff)],
    ['an API key', () => search({ cursor }, api.as(key))],
    ['a larger number', () => search({ cursor: [last, '9999', until, mac].join('.') })],
    ['a later end', () => search({ cursor: [last, '95', `${until}0`, mac].join('.') })],
    ['no signature', () => search({ cursor: last })],
    [
      'a minute later',
      () => {
        vi.spyOn(Date, 'now').mockReturnValue(Number(until) + 1)
        return search({ cursor })
      },
    ],
  ]
  for (const [what, attempt] of attempts) expect(await linesOf(attempt), what).toHaveLength(1)
})

test('a part shows no more people than the line of its search names', async () => {
  slowDown()
  const first = await search({ limit: 10 })
  vi.restoreAllMocks()
  const rest = await search({ cursor: first.nextCursor ?? '', limit: 100 })
  expect(first.items.length + rest.items.length).toBe(10)
})
