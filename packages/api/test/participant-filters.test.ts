import { describe, expect, test } from 'vitest'
import { DAY_MS } from '../src/seoul-time.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { registration } from './support/sample-entries.ts'
import { createOpenEvent, inHours } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner, staff, stranger },
} = await startTwoShops()

const PATHS = ['우리동네TV', 'SNS', '링고비즈']
const NAMES = ['김하늘', '이하늘', '박바다', '최은모', '정 하늘']
const COUNT = 80
const DAYS = 4
const FIRST_MOMENT = Date.now() - DAYS * DAY_MS

/** An entry as the plain reference of the filters sees it. */
const entries = Array.from({ length: COUNT }, (_, n) => ({
  n,
  name: NAMES[n % NAMES.length] ?? '',
  entryPath: PATHS[n % PATHS.length] ?? '',
  at: new Date(FIRST_MOMENT + (n * DAYS * DAY_MS) / COUNT),
  visited: n % 2 === 0,
  isWinner: n % 4 < 2,
  isExcluded: n % 7 < 3,
  isWithdrawn: n % 11 < 3,
}))
type Entry = (typeof entries)[number]

const { id: eventId } = await createOpenEvent(owner, { startsAt: inHours(-24 * (DAYS + 1)) })
const ids: string[] = []
for (const { n, name, entryPath, at, visited, isWinner, isExcluded, isWithdrawn } of entries) {
  const { participantId } = await api.dependencies.registrar.register({
    ...registration(eventId, n),
    name,
    entryPath,
    idTime: at,
  })
  ids.push(participantId)
  await api.sql`update participants set participated_at = ${at.toISOString()}, visited = ${visited}, is_winner = ${isWinner},
      exclusion_reason = ${isExcluded ? 3 : 0}, withdrawn_at = ${isWithdrawn ? at.toISOString() : null}
    where event_id = ${eventId} and id = ${participantId}`
}

const seoulDay = (at: Date) => at.toLocaleDateString('sv', { timeZone: 'Asia/Seoul' })
const days = [...new Set(entries.map(({ at }) => seoulDay(at)))]
const [, second = '', third = ''] = days

type SearchInput = Parameters<typeof owner.participants.search>[0]
type Filter = Omit<SearchInput, 'eventId' | 'q' | 'limit' | 'cursor' | 'partial'>

const isListed = (entry: Entry, q: string, filter: Filter) =>
  entry.name.replaceAll(' ', '').includes(q) &&
  (filter.entryPath === undefined || entry.entryPath === filter.entryPath) &&
  (!filter.visited || entry.visited) &&
  (!filter.isWinner || entry.isWinner) &&
  (!filter.excluded || (entry.isExcluded && !entry.isWithdrawn)) &&
  (!filter.withdrawn || entry.isWithdrawn) &&
  (filter.from === undefined || seoulDay(entry.at) >= filter.from) &&
  (filter.to === undefined || seoulDay(entry.at) <= filter.to)

/** Ids, newest first. */
const expected = (q: string, filter: Filter) =>
  entries.flatMap((entry, at) => (isListed(entry, q, filter) ? [ids[at] ?? ''] : [])).toReversed()

/** Every combination of one choice of each list. */
const combinations = <T>(choices: readonly (readonly T[])[]): T[][] =>
  choices.reduce<T[][]>((done, list) => done.flatMap((each) => list.map((choice) => [...each, choice])), [[]])

const filters: Filter[] = combinations<Filter>([
  [{}, { entryPath: 'SNS' }],
  [{}, { visited: true }],
  [{}, { isWinner: true }],
  [{}, { excluded: true }, { withdrawn: true }],
  [{}, { from: third }, { to: second }, { from: second, to: second }],
]).map((parts) => Object.assign({}, ...parts))

const labelled = filters.map((filter) => [JSON.stringify(filter), filter] as const)

describe('participants are filtered', () => {
  test.each(labelled)('by %s, without and with a search', async (_, filter) => {
    for (const q of ['', '하늘']) {
      const { items } = await staff.participants.search({ eventId, q, limit: 200, ...filter })
      expect(
        items.map(({ participantId }) => participantId),
        q,
      ).toEqual(expected(q, filter))
    }
  })

  test('in pages without gaps or repeats', async () => {
    for (const [q, filter] of [
      ['', { visited: true, from: second }],
      ['하늘', { entryPath: 'SNS' }],
    ] as const) {
      const found: string[] = []
      let cursor: string | undefined
      do {
        const page = await owner.participants.search({
          eventId,
          q,
          limit: 3,
          ...filter,
          ...(cursor && { cursor }),
        })
        found.push(...page.items.map(({ participantId }) => participantId))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      expect(found).toEqual(expected(q, filter))
    }
  })

  test('together with a whole number, which an index finds', async () => {
    const { items } = await owner.participants.search({ eventId, q: '010-1000-0002', entryPath: '링고비즈' })
    expect(items.map(({ participantId }) => participantId)).toEqual([ids[2]])
    const other = await owner.participants.search({ eventId, q: '010-1000-0002', entryPath: 'SNS' })
    expect(other.items).toEqual([])
  })

  test('over REST, by GET and by POST, with the scope participants:read', async () => {
    const query = `?limit=200&entryPath=${encodeURIComponent('SNS')}&visited=true&from=${second}`
    const filter = { entryPath: 'SNS', visited: true, from: second } as const
    const viewer = {
      ...members.owner,
      via: 'api-key',
      apiKeyId: Bun.randomUUIDv7(),
      scopes: ['participants:read'],
    } as const
    const listed = await api.rest('GET', `/events/${eventId}/participants${query}`, { viewer })
    const body = { q: '', limit: 200, ...filter }
    const searched = await api.rest('POST', `/events/${eventId}/participants/search`, { viewer, body })
    for (const response of [listed, searched]) {
      expect(response.status).toBe(200)
      const { items } = response.body as { items: { participantId: string }[] }
      expect(items.map(({ participantId }) => participantId)).toEqual(expected('', filter))
    }
    const without = { ...viewer, scopes: ['events:write'] as const }
    expect(
      (await api.rest('GET', `/events/${eventId}/participants${query}`, { viewer: without })).status,
    ).toBe(403)
  })

  test('never for another shop', async () => {
    await expectApiError(stranger.participants.list({ eventId, visited: 'true' }), 'NOT_FOUND')
  })

  test('by days in order, which exist, and by flags that are true or absent: anything else is 400', async () => {
    const path = `/events/${eventId}/participants`
    for (const [query, field, code] of [
      [`from=${third}&to=${second}`, 'to', 'day.before_first'],
      ['from=2026-02-30', 'from', expect.any(String)],
      ['visited=false', 'visited', expect.any(String)],
      ['isWinner=', 'isWinner', expect.any(String)],
      ['visited=true&visited=true', 'visited', expect.any(String)],
    ] as const) {
      const { status, body } = await api.rest('GET', `${path}?${query}`, { viewer: members.owner })
      expect([status, body.fields], query).toEqual([400, [expect.objectContaining({ field, code })]])
    }
    for (const body of [
      { visited: false },
      { excluded: 'true' },
      { from: third, to: second },
      { filter: {} },
    ]) {
      const viewer = members.owner
      const response = await api.rest('POST', `${path}/search`, { viewer, body: { q: '', ...body } })
      expect(response.status, JSON.stringify(body)).toBe(400)
    }
  })
})
