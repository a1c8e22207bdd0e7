import { expect, test } from 'vitest'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

test('a prize is picked up unless it is marked as delivered; the rules say so, and another count keeps it', async () => {
  const prizes = [{ name: '케이크', count: 2, isDelivered: true }]
  const event = await createOpenEvent(owner, { winnerCount: 2, prizes })
  expect(event.prizes).toMatchObject(prizes)
  const { records } = await api.anonymous.draws.chain({ eventId: event.id })
  expect(records).toHaveLength(1)
  const page = await api.anonymous.events.getBySlug({ slug: event.slug })
  expect(page.rules?.text).toContain('경품: 케이크 2명 (배송)\n')
  const draft = await owner.events.create(eventInput({ winnerCount: 2, prizes }))
  const changed = await owner.events.update({ eventId: draft.id, winnerCount: 5 })
  expect(changed.prizes).toMatchObject([{ name: '케이크', count: 5, isDelivered: true }])
  const other = await owner.events.update({ eventId: draft.id, prizes: [{ name: '빵', count: 1 }] })
  expect(other.prizes).toMatchObject([{ name: '빵', count: 1, isDelivered: false }])
})

test.each([
  ['picked up', [{ name: '빵', count: 2 }], ['pick-up-day']],
  ['delivered', [{ name: '케이크', count: 2, isDelivered: true }], ['address']],
  [
    'of both kinds',
    [
      { name: '케이크', count: 1, isDelivered: true },
      { name: '빵', count: 1 },
    ],
    ['pick-up-day', 'address'],
  ],
])(
  'the privacy policy of an event whose prizes are %s names what its winners enter',
  async (_, prizes, claimItems) => {
    const { slug } = await createOpenEvent(owner, { winnerCount: 2, prizes })
    expect((await api.anonymous.events.privacy({ slug })).claimItems).toEqual(claimItems)
  },
)
