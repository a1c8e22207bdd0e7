import { describe, expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

const laptop = { name: '노트북', count: 1, valueWon: 1_000_000, ownerPaysTax: false, isDelivered: false }
const bag = { name: '가방', count: 2, valueWon: 100_000, ownerPaysTax: true, isDelivered: false }
const cake = { name: '케이크', count: 3, valueWon: 30_000, ownerPaysTax: false, isDelivered: false }
const unnamed = { valueWon: null, ownerPaysTax: false, isDelivered: false }
const { winnerCount: _, ...input } = eventInput()

type Prizes = Parameters<typeof owner.events.create>[0]['prizes']

async function publishedWith(prizes: Prizes) {
  const { id } = await owner.events.create({ ...input, prizes })
  return owner.events.publish({ eventId: id })
}

describe('the value of a prize', () => {
  test('is stored and shown with who pays the tax, and is null where none was given', async () => {
    const prizes = [laptop, bag, { name: '커피', count: 1 }]
    const stored = [laptop, bag, { name: '커피', count: 1, ...unnamed }]
    const { id, ...event } = await publishedWith(prizes)
    expect(event.prizes).toEqual(stored)
    expect((await api.anonymous.events.get({ eventId: id })).prizes).toEqual(stored)
    expect((await owner.events.getForOwner({ eventId: id })).prizes).toEqual(stored)
  })

  test.each([
    ['negative', -1, 'too_small'],
    ['fractional', 1000.5, 'invalid'],
    ['above a thousand million', 1_000_000_001, 'too_large'],
  ])('that is %s is reported at its field', async (_case, valueWon, code) => {
    const created = owner.events.create({ ...input, prizes: [cake, { ...bag, valueWon }] })
    const error = await expectApiError(created, 'VALIDATION_FAILED')
    expect(error.details.fields).toEqual([{ field: 'prizes.1.valueWon', code }])
  })

  test('may be 0 and a thousand million', async () => {
    const prizes = [
      { ...cake, valueWon: 0 },
      { ...cake, valueWon: 1_000_000_000 },
    ]
    expect((await owner.events.create({ ...input, prizes })).prizes).toEqual(prizes)
  })

  test('stays with a single prize whose number of winners changes', async () => {
    const { id } = await owner.events.create({ ...input, prizes: [bag] })
    const changed = await owner.events.update({ eventId: id, winnerCount: 5 })
    expect(changed.prizes).toEqual([{ ...bag, count: 5 }])
  })
})

describe('the rules', () => {
  const rulesOf = async ({ slug }: { slug: string }) =>
    (await api.anonymous.events.getBySlug({ slug })).rules?.text.split('\n') ?? []

  test('name each value, and for prizes above 50,000 won the tax and who pays it', async () => {
    const lines = await rulesOf(await publishedWith([laptop, bag, cake]))
    expect(lines).toContain(
      '경품: 노트북(1,000,000원 상당) 1명, 가방(100,000원 상당) 2명, 케이크(30,000원 상당) 3명',
    )
    expect(lines).toContain(
      '제세공과금: 5만 원이 넘는 경품에는 세금 22%(소득세 20%, 지방소득세 2%)가 붙어요. 노트북의 세금 220,000원은 당첨자가 내요. 가방의 세금은 매장이 내요.',
    )
  })

  test('say nothing of tax where no prize is above 50,000 won', async () => {
    const text = (await rulesOf(await publishedWith([cake]))).join()
    expect(text).not.toContain('세금')
  })

  test('stay as they were without a value', async () => {
    const lines = await rulesOf(await publishedWith([{ name: '빵', count: 2 }]))
    expect(lines.slice(2, 5)).toEqual([
      expect.stringContaining('당첨 발표:'),
      '경품: 빵 2명',
      '당첨자 2명, 예비 당첨자 0명',
    ])
  })

  test('are amended, for everybody to see, when a value or who pays changes, and not otherwise', async () => {
    const event = await publishedWith([laptop])
    const amend = async (prize: typeof laptop) => {
      await owner.events.update({ eventId: event.id, prizes: [prize] })
      return (await api.anonymous.events.getBySlug({ slug: event.slug })).rules?.amendments.length
    }
    expect(await amend(laptop)).toBe(0)
    expect(await amend({ ...laptop, ownerPaysTax: true })).toBe(1)
    expect(await amend({ ...laptop, valueWon: 2_000_000, ownerPaysTax: true })).toBe(2)
  })
})
