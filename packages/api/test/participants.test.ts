import { beforeAll, describe, expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members: { owner, staff, stranger },
} = await startTwoShops()

describe('participants', () => {
  let eventId: string
  const names = ['김은모', '이수민', '박지호', 'Kim Minsu', '100%_할인\\왕', '최은모']
  const numbers: string[] = []

  beforeAll(async () => {
    eventId = (await createOpenEvent(api.as(owner))).id
    for (const [n, name] of names.entries()) {
      const changes = { name, phoneNumber: `010-777${n}-123${n}` }
      numbers.push(
        (await api.anonymous.participations.register(entryInput(eventId, n, changes))).applicationNumber,
      )
    }
  })

  const search = async (q: string) =>
    (await api.as(staff).participants.search({ eventId, q })).items.map(({ name }) => name)

  test('are listed newest first, in pages without gaps or repeats', async () => {
    const caller = api.as(staff)
    const first = await caller.participants.list({ eventId, limit: 4 })
    const second = await caller.participants.list({ eventId, limit: 4, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(names.toReversed())
    expect(second.nextCursor).toBeNull()
    expect(first.items[0]).toMatchObject({
      phoneNumber: '010-••••-1235',
      entryPath: 'SNS',
      applicationNumber: numbers[5],
      visited: false,
      isWinner: false,
      withdrawn: false,
    })
  })

  test('are found by part of a name in any case; SQL wildcards match only themselves', async () => {
    expect(await search('은모')).toEqual(['최은모', '김은모'])
    expect(await search('kim')).toEqual(['Kim Minsu'])
    expect(await search('박ㅈㅎ')).toEqual(['박지호'])
    expect(await search('이 수민'.normalize('NFD'))).toEqual(['이수민'])
    expect(await search('%_할인\\')).toEqual(['100%_할인\\왕'])
    expect(await search('%')).toEqual(['100%_할인\\왕'])
    expect(await search('없는사람')).toEqual([])
    expect(await search('  ')).toHaveLength(6)
  })

  test('are found by the last four digits and by the whole phone number in any format', async () => {
    for (const q of ['1232', '１２３２', ' 12 32', '-1232', '123'])
      expect(await search(q), q).toContain('박지호')
    expect(await search('1232')).toEqual(['박지호'])
    // The middle of a number is not searched: it is masked, and a look at it is a line of the access log.
    for (const q of ['77721232', '7772', '010777212']) expect(await search(q), q).toEqual([])
    expect(await search('010-7771-1231')).toEqual(['이수민'])
    expect(await search('+82 10 7771 1231')).toEqual(['이수민'])
    expect(await search('\u202d+82 10-7771-1231\u202c')).toEqual(['이수민'])
    expect(await search('01077711239')).toEqual([])
  })

  test('are found by application number in any format, and by its beginning', async () => {
    const number = numbers[3] ?? ''
    expect(await search(number)).toEqual(['Kim Minsu'])
    expect(await search(number.replace('-', '').toLowerCase())).toEqual(['Kim Minsu'])
    expect(await search(number.slice(0, 7))).toContain('Kim Minsu')
    expect(await search(number.slice(0, 4))).toContain('Kim Minsu')
  })

  test('are not found in another event by the same numbers', async () => {
    const other = await createOpenEvent(api.as(owner))
    for (const q of ['1232', '010-7771-1231', '은모'])
      expect((await api.as(owner).participants.search({ eventId: other.id, q })).items).toEqual([])
  })

  test('are not searched with a query, which would be in addresses: 400 names the operation', async () => {
    const response = await api.rest('GET', `/events/${eventId}/participants?q=x`, { viewer: owner })
    expect([response.status, response.body.fields]).toEqual([
      400,
      [{ field: 'q', code: 'search.elsewhere', message: expect.stringContaining('participants/search') }],
    ])
  })

  test('are shown only to their shop', async () => {
    await expectApiError(api.anonymous.participants.list({ eventId }), 'UNAUTHENTICATED')
    await expectApiError(api.as(stranger).participants.list({ eventId }), 'NOT_FOUND')
    await expectApiError(api.as(owner).participants.list({ eventId: Bun.randomUUIDv7() }), 'NOT_FOUND')
    await expectApiError(api.as(owner).participants.list({ eventId, cursor: 'x' }), 'VALIDATION_FAILED', {
      fields: [{ code: 'cursor.invalid' }],
    })
  })

  test('keep the first time of a visit that is marked twice; other shops cannot mark one', async () => {
    const { items } = await api.as(staff).participants.search({ eventId, q: '박지호' })
    const target = { eventId, participantId: items[0]?.participantId ?? '' }
    await expectApiError(api.as(stranger).participants.markVisit(target), 'NOT_FOUND')
    expect((await api.as(staff).participants.markVisit(target)).visited).toBe(true)
    const at = async () =>
      (await api.sql`select visited_at from participants where id = ${target.participantId}`)[0]?.visited_at
    const first = await at()
    await api.as(staff).participants.markVisit(target)
    expect(await at()).toEqual(first)
    const unknown = { eventId, participantId: Bun.randomUUIDv7() }
    await expectApiError(api.as(staff).participants.markVisit(unknown), 'NOT_FOUND')
  })
})
