import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Member } from '../src/context.ts'
import { exportParticipants } from '../src/participants/export-participants.ts'
import { exportWinners } from '../src/participants/export-winners.ts'
import { type ApiFixture, startApi } from './support/api-fixture.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'

let api: ApiFixture
let owner: Member
let staff: Member
let stranger: Member

beforeAll(async () => {
  api = await startApi(inject('postgresUrl'))
  ;({ owner, staff } = await api.createShop())
  stranger = (await api.createShop()).owner
})
afterAll(() => api.close())

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
    (await api.as(staff).participants.list({ eventId, q })).items.map(({ name }) => name)

  test('are listed newest first, in pages without gaps or repeats', async () => {
    const caller = api.as(staff)
    const first = await caller.participants.list({ eventId, limit: 4 })
    const second = await caller.participants.list({ eventId, limit: 4, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(names.toReversed())
    expect(second.nextCursor).toBeNull()
    expect(first.items[0]).toMatchObject({
      phoneNumber: '010-7775-1235',
      entryPath: 'SNS',
      applicationNumber: numbers[5],
      visited: false,
      isWinner: false,
    })
  })

  test('are found by part of a name in any case; SQL wildcards match only themselves', async () => {
    expect(await search('은모')).toEqual(['최은모', '김은모'])
    expect(await search('kim')).toEqual(['Kim Minsu'])
    expect(await search('%_할인\\')).toEqual(['100%_할인\\왕'])
    expect(await search('%')).toEqual(['100%_할인\\왕'])
    expect(await search('없는사람')).toEqual([])
    expect(await search('  ')).toHaveLength(6)
  })

  test('are found by the last four digits and by the whole phone number in any format', async () => {
    expect(await search('1232')).toEqual(['박지호'])
    expect(await search('010-7771-1231')).toEqual(['이수민'])
    expect(await search('+82 10 7771 1231')).toEqual(['이수민'])
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
      expect((await api.as(owner).participants.list({ eventId: other.id, q })).items).toEqual([])
  })

  test('are shown only to their shop', async () => {
    await expectApiError(api.anonymous.participants.list({ eventId }), 'UNAUTHENTICATED')
    await expectApiError(api.as(stranger).participants.list({ eventId }), 'FORBIDDEN')
    await expectApiError(api.as(owner).participants.list({ eventId: Bun.randomUUIDv7() }), 'NOT_FOUND')
    await expectApiError(api.as(owner).participants.list({ eventId, cursor: 'x' }), 'VALIDATION_FAILED', {
      fields: [{ code: 'cursor.invalid' }],
    })
  })

  test('keep the first time of a visit that is marked twice; other shops cannot mark one', async () => {
    const { items } = await api.as(staff).participants.list({ eventId, q: '박지호' })
    const target = { eventId, participantId: items[0]?.participantId ?? '' }
    await expectApiError(api.as(stranger).participants.markVisit(target), 'FORBIDDEN')
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

describe('channels', () => {
  test('have links that carry their code; the in-store link carries a token', async () => {
    const event = await createOpenEvent(api.as(owner))
    const channels = await api.as(staff).channels.list({ eventId: event.id })
    expect(channels.map(({ entryPath, kind }) => [entryPath, kind])).toEqual([
      ['우리동네TV', 'link'],
      ['SNS', 'link'],
      ['링고비즈', 'link'],
      ['매장 방문', 'store'],
    ])
    const sns = new URL(channels[1]?.link ?? '')
    expect([sns.origin, sns.searchParams.get('via'), sns.searchParams.get('t')]).toEqual([
      'https://eungmo.example',
      'sns',
      null,
    ])
    const store = new URL(channels[3]?.link ?? '')
    expect(store.searchParams.get('via')).toBe('store')
    expect(store.searchParams.get('t')?.length).toBeGreaterThan(16)
  })

  test('can be added, archived and restored', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    const { channels, participations } = api.as(owner)
    const added = await channels.create({ eventId, entryPath: '동네 게시판' })
    expect(added).toMatchObject({ entryPath: '동네 게시판', kind: 'link', archived: false, entries: 0 })
    await participations.register(entryInput(eventId, 1, { entryPath: '동네 게시판' }))
    await channels.archive({ eventId, entryPath: '동네 게시판' })
    const entering = participations.register(entryInput(eventId, 2, { entryPath: '동네 게시판' }))
    await expectApiError(entering, 'VALIDATION_FAILED', { fields: [{ code: 'entry_path.unknown' }] })
    const back = await channels.archive({ eventId, entryPath: '동네 게시판', archived: false })
    expect(back).toMatchObject({ archived: false, entries: 1, link: added.link })
    await participations.register(entryInput(eventId, 2, { entryPath: '동네 게시판' }))
  })

  test('keep their link when renamed, and cannot be renamed once they have entries', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    const { channels, participations } = api.as(owner)
    const [before] = await channels.list({ eventId })
    const renamed = await channels.rename({ eventId, entryPath: '우리동네TV', newEntryPath: '마을 방송' })
    expect(renamed).toMatchObject({ entryPath: '마을 방송', link: before?.link })
    await participations.register(entryInput(eventId, 1, { entryPath: '마을 방송' }))
    const again = channels.rename({ eventId, entryPath: '마을 방송', newEntryPath: '방송' })
    await expectApiError(again, 'CONFLICT', { reason: 'channel-has-entries' })
  })

  test('reject names that are taken, reserved for 매장 방문, or empty; the last one cannot be archived', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    const { channels } = api.as(owner)
    await expectApiError(channels.create({ eventId, entryPath: 'SNS' }), 'CONFLICT', {
      reason: 'channel-exists',
    })
    await expectApiError(channels.create({ eventId, entryPath: '매장 방문' }), 'VALIDATION_FAILED', {
      fields: [{ code: 'channel.reserved' }],
    })
    await expectApiError(channels.create({ eventId, entryPath: ' ' }), 'VALIDATION_FAILED', {
      fields: [{ code: 'channel.name' }],
    })
    const taken = channels.rename({ eventId, entryPath: 'SNS', newEntryPath: '링고비즈' })
    await expectApiError(taken, 'CONFLICT', { reason: 'channel-exists' })
    const store = channels.rename({ eventId, entryPath: '매장 방문', newEntryPath: '방문' })
    await expectApiError(store, 'NOT_FOUND')
    await channels.archive({ eventId, entryPath: 'SNS' })
    await channels.archive({ eventId, entryPath: '링고비즈' })
    await expectApiError(channels.archive({ eventId, entryPath: '우리동네TV' }), 'CONFLICT', {
      reason: 'last-channel',
    })
  })

  test('a renewed in-store link invalidates the older one', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    const { channels, participations } = api.as(owner)
    const tokenOf = (link: string) => new URL(link).searchParams.get('t') ?? ''
    const older = tokenOf((await channels.list({ eventId })).at(-1)?.link ?? '')
    const newer = tokenOf((await channels.renewVisitToken({ eventId })).link)
    expect(newer).not.toBe(older)
    const visit = (n: number, visitToken: string) =>
      participations.register(entryInput(eventId, n, { entryPath: undefined, visitToken }))
    await expectApiError(visit(1, older), 'VALIDATION_FAILED', { fields: [{ code: 'visit_token.invalid' }] })
    await visit(2, newer)
    expect((await channels.list({ eventId })).at(-1)).toMatchObject({ entryPath: '매장 방문', entries: 1 })
  })

  test('are changed only by the owner', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    for (const [viewer, code] of [
      [staff, 'FORBIDDEN'],
      [stranger, 'FORBIDDEN'],
      [{ kind: 'anonymous' }, 'UNAUTHENTICATED'],
    ] as const) {
      const { channels } = api.as(viewer)
      await expectApiError(channels.create({ eventId, entryPath: '새 경로' }), code)
      await expectApiError(channels.renewVisitToken({ eventId }), code)
    }
    await expectApiError(api.as(stranger).channels.list({ eventId }), 'FORBIDDEN')
  })
})

describe('exports', () => {
  const textOf = async ({ chunks }: { chunks: AsyncIterable<string> }) =>
    (await Array.fromAsync(chunks)).join('')

  test('contain every participant, in Seoul time, safe to open in a spreadsheet', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner), { title: '꽃/다발: "이벤트"' })
    const names = ['=1+1 은모', '+82 은모', '-은모', '@은모', '쉼표, 은모', '따옴표 "은모"', '＝은모']
    for (const [n, name] of names.entries())
      await api.anonymous.participations.register(entryInput(eventId, n, { name }))
    await api.sql`
      update participants set participated_at = '2026-11-22T15:30:05Z' where event_id = ${eventId}`
    const file = await exportParticipants(api.contextOf(owner), eventId)
    expect(file.fileName).toBe('꽃 다발   이벤트 참여자.csv')
    const text = await textOf(file)
    expect(text.startsWith('\ufeff응모 번호,이름,')).toBe(true)
    const lines = text.slice(1).split('\r\n')
    expect(lines).toHaveLength(names.length + 2)
    const columns = lines.slice(1, -1).map((line) => line.replace(/^[^,]*,/, ''))
    expect(columns.map((line) => line.replace(/,010-.*$/, ''))).toEqual([
      "'=1+1 은모",
      "'+82 은모",
      "'-은모",
      "'@은모",
      '"쉼표, 은모"',
      '"따옴표 ""은모"""',
      "'＝은모",
    ])
    expect(columns[0]).toContain(',010-1000-0000,SNS,2026-11-23 00:30:05,,')
  })

  test('contain all of 1,203 participants, more than one page', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    const caller = api.anonymous
    await Promise.all(
      Array.from({ length: 1_203 }, (_, n) => caller.participations.register(entryInput(eventId, n))),
    )
    const text = await textOf(await exportParticipants(api.contextOf(owner, { locale: 'en' }), eventId))
    const numbers = text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',')[0])
    expect(new Set(numbers).size).toBe(1_203)
  })

  test('list the current winners with rank and prize', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    for (let n = 0; n < 5; n++) await api.anonymous.participations.register(entryInput(eventId, n))
    const drawn = await api.as(owner).draws.drawWinners({ eventId, winnerCount: 2, visitBonus: false })
    const lines = (await textOf(await exportWinners(api.contextOf(owner), eventId))).split('\r\n')
    expect(lines).toHaveLength(4)
    expect(lines[1]?.startsWith('1,')).toBe(true)
    expect(lines[2]?.startsWith('2,')).toBe(true)
    const winners = 'winners' in drawn ? drawn.winners : []
    for (const { applicationNumber } of winners) expect(lines.join('\n')).toContain(applicationNumber)
  })

  test('are for owners only', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    await expectApiError(exportParticipants(api.contextOf(), eventId), 'UNAUTHENTICATED')
    await expectApiError(exportParticipants(api.contextOf(staff), eventId), 'FORBIDDEN')
    await expectApiError(exportWinners(api.contextOf(stranger), eventId), 'FORBIDDEN')
  })
})
