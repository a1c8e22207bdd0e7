import { expect, test } from 'vitest'
import { exportPrizeTax } from '../src/participants/export-prize-tax.ts'
import { drawNow } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner },
} = await startTwoShops()

const purpose = { purpose: '제세공과금 신고' }
const { winnerCount: _, ...input } = eventInput()
const prizes = [
  { name: '커피', count: 2 },
  { name: '노트북', count: 1, valueWon: 1_000_000 },
  { name: '가방', count: 2, valueWon: 100_000, ownerPaysTax: true },
  { name: '케이크', count: 1, valueWon: 50_000 },
]

async function drawn() {
  const { id: eventId } = await owner.events.create({ ...input, prizes, alternateCount: 1 })
  await owner.events.publish({ eventId })
  await enterParticipants(api.anonymous, eventId, 10)
  const { drawLogId } = await drawNow(owner, {
    eventId,
    winnerCount: 6,
    visitBonus: false,
    alternateCount: 1,
  })
  return { eventId, drawLogId }
}

/** The cells of each line, headings first. */
async function table(eventId: string, locale: 'ko' | 'en' = 'ko'): Promise<string[][]> {
  const { chunks } = await exportPrizeTax(api.contextOf(members.owner, { locale }), eventId, purpose)
  const text = (await Array.fromAsync(chunks)).join('').slice(1)
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.slice(1, -1).split('","'))
}

test('the file for the tax office has a line per winner of a prize with a value, and marks what is taxed', async () => {
  const { eventId, drawLogId } = await drawn()
  const { history } = await owner.draws.get({ drawLogId })
  const [head, ...lines] = await table(eventId)
  expect(head?.slice(-2)).toEqual(['주민등록번호 (매장에서 직접 작성)', '주소 (매장에서 직접 작성)'])
  const expected = [
    ['노트북', '1000000', 'O', '1000000', '200000', '20000', '220000', '당첨자', '', '', ''],
    ['가방', '100000', 'O', '128205', '25640', '2560', '28200', '매장', '', '', ''],
    ['가방', '100000', 'O', '128205', '25640', '2560', '28200', '매장', '', '', ''],
    ['케이크', '50000', '', '50000', '0', '0', '0', '', '', '', ''],
  ]
  const winners = history.filter(({ prize }) => prize !== '커피')
  expect(lines).toEqual(
    winners.map(({ applicationNumber, name, phoneNumber }, at) => [
      applicationNumber,
      name,
      phoneNumber,
      ...(expected[at] ?? []),
    ]),
  )
})

test('names who holds the prize now, and the day in Seoul on which it was handed over', async () => {
  const { eventId, drawLogId } = await drawn()
  await owner.draws.redraw({ drawLogId, ranks: [3], reason: 'declined' })
  const { history } = await owner.draws.get({ drawLogId })
  const holder = history.find(({ standing, prize }) => standing === 'selected' && prize === '노트북')
  await api.sql`update draw_winners set handed_over_at = '2026-12-24T15:30:00Z'
    where event_id = ${eventId} and prize = '노트북' and standing = 'selected'`
  const [, laptop] = await table(eventId, 'en')
  expect(laptop?.slice(0, 2)).toEqual([holder?.applicationNumber, holder?.name])
  expect(laptop?.slice(9)).toEqual(['220000', 'winner', '2026-12-25', '', ''])
})

test('is one heading where no prize has a value', async () => {
  const { id: eventId } = await createOpenEvent(owner)
  await enterParticipants(api.anonymous, eventId, 3)
  await drawNow(owner, { eventId, winnerCount: 2, visitBonus: false })
  expect(await table(eventId)).toHaveLength(1)
})

test('needs a purpose, and belongs to the owner of the shop alone', async () => {
  const { eventId } = await drawn()
  const open = (member: keyof typeof members, body: object) =>
    exportPrizeTax(api.contextOf(members[member]), eventId, body)
  await expectApiError(open('owner', {}), 'VALIDATION_FAILED', { fields: [{ field: 'purpose' }] })
  await expectApiError(open('staff', purpose), 'FORBIDDEN')
  await expectApiError(open('stranger', purpose), 'NOT_FOUND')
})
