import { describe, expect, test } from 'vitest'
import { exportParticipants } from '../src/participants/export-participants.ts'
import { exportWinners } from '../src/participants/export-winners.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members: { owner, staff, stranger },
} = await startTwoShops()

const forContact = { purpose: '당첨자 연락' }

describe('exports', () => {
  const textOf = async ({ chunks }: { chunks: AsyncIterable<string> }) =>
    (await Array.fromAsync(chunks)).join('')

  test('contain every participant, in Seoul time, safe to open in a spreadsheet', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner), { title: '꽃/다발: "이벤트"' })
    const names = [
      '=1+1 은모',
      '+82 은모',
      '-은모',
      '@은모',
      '쉼표, 은모',
      '따옴표 "은모"',
      '＝은모',
      'a;=1+1',
    ]
    for (const [n, name] of names.entries())
      await api.anonymous.participations.register(entryInput(eventId, n, { name }))
    await api.sql`
      update participants set participated_at = '2026-11-22T15:30:05Z' where event_id = ${eventId}`
    const file = await exportParticipants(api.contextOf(owner), eventId, forContact)
    expect(file.fileName).toBe('꽃 다발   이벤트 참여자.csv')
    const text = await textOf(file)
    expect(text.startsWith('\ufeff"응모 번호","이름",')).toBe(true)
    const lines = text.slice(1).split('\r\n')
    expect(lines).toHaveLength(names.length + 2)
    const columns = lines.slice(1, -1).map((line) => line.replace(/^[^,]*,/, ''))
    expect(columns.map((line) => line.replace(/,"010-.*$/, ''))).toEqual([
      `"'=1+1 은모"`,
      `"'+82 은모"`,
      `"'-은모"`,
      `"'@은모"`,
      '"쉼표, 은모"',
      '"따옴표 ""은모"""',
      `"'＝은모"`,
      `"'a;=1+1"`,
    ])
    expect(columns[0]).toContain(',"010-1000-0000","SNS","2026-11-23 00:30:05","",""')
  })

  test('contain all of 1,203 participants, more than one page', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    const caller = api.anonymous
    await Promise.all(
      Array.from({ length: 1_203 }, (_, n) => caller.participations.register(entryInput(eventId, n))),
    )
    const text = await textOf(
      await exportParticipants(api.contextOf(owner, { locale: 'en' }), eventId, forContact),
    )
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
    const lines = (await textOf(await exportWinners(api.contextOf(owner), eventId, forContact))).split('\r\n')
    expect(lines).toHaveLength(4)
    expect(lines[1]?.startsWith('"1",')).toBe(true)
    expect(lines[2]?.startsWith('"2",')).toBe(true)
    const winners = 'winners' in drawn ? drawn.winners : []
    for (const { applicationNumber } of winners) expect(lines.join('\n')).toContain(applicationNumber)
  })

  test.each([
    [`${'가'.repeat(57)}👩🏽‍🍳 이벤트`, `${'가'.repeat(57)} 참여자.csv`],
    [`${'a'.repeat(59)}🎁 이벤트`, `${'a'.repeat(59)}🎁 참여자.csv`],
    ["Kim's 카페 (본점)", "Kim's 카페 (본점) 참여자.csv"],
  ])('of %j are named %j: no character is cut in two', async (title, fileName) => {
    const { id: eventId } = await createOpenEvent(api.as(owner), { title })
    const file = await exportParticipants(api.contextOf(owner), eventId, forContact)
    expect(file.fileName).toBe(fileName)
    expect(file.fileName.isWellFormed()).toBe(true)
    await textOf(file)
  })

  test('of an address that is no id are not found', async () => {
    for (const address of ['nothing', '\0', '../x', ''])
      await expectApiError(exportParticipants(api.contextOf(owner), address, forContact), 'NOT_FOUND')
  })

  test('are for owners only', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    await expectApiError(exportParticipants(api.contextOf(), eventId, forContact), 'UNAUTHENTICATED')
    await expectApiError(exportParticipants(api.contextOf(staff), eventId, forContact), 'FORBIDDEN')
    await expectApiError(exportWinners(api.contextOf(stranger), eventId, forContact), 'NOT_FOUND')
  })
})
