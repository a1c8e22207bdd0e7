import { expect, test } from 'vitest'
import { posterContent } from './poster-content.ts'

const ORIGIN = 'https://event.example.kr'
const event = {
  slug: 'cake',
  title: '케이크 증정',
  shopName: '링고베이커리',
  contact: '02-123-4567',
  prizes: [{ name: '케이크', count: 3, valueWon: null, ownerPaysTax: false, isDelivered: false }],
  winnerCount: 3,
  startsAt: '2026-12-01T01:00:00.000Z',
  endsAt: '2026-12-20T09:00:00.000Z',
  now: '2026-12-02T00:00:00.000Z',
  phase: 'open',
  paused: null,
  picture: null,
} as const
const channel = { link: `${ORIGIN}/e/cake?via=store&t=secret`, archived: false }
const contentOf = (changes: Partial<Parameters<typeof posterContent>[0]> = {}, locale: 'ko' | 'en' = 'ko') =>
  posterContent({ ...event, prizes: [...event.prizes], ...changes }, channel, ORIGIN, locale)

test('a poster names prizes and deadline; its address has neither entry path nor token', () => {
  expect(contentOf()).toMatchObject({
    prizes: { label: '경품', items: ['케이크 3명'] },
    deadline: { label: '마감', text: '12월 20일(일) 오후 6시' },
    address: 'event.example.kr/e/cake',
    link: channel.link,
    contact: '문의 02-123-4567',
    strip: null,
  })
})

test('before the start a poster names both days, and has no strip: it may hang', () => {
  const { deadline, strip } = contentOf({ now: '2026-11-30T00:00:00.000Z', phase: 'scheduled' })
  expect(deadline.text).toBe('12월 1일(화) 오전 10시 ~ 12월 20일(일) 오후 6시')
  expect(strip).toBeNull()
})

test('a prize without a name of its own is counted alone, in both languages', () => {
  const prizes = event.prizes.map((prize) => ({ ...prize, name: '경품' }))
  expect(contentOf({ prizes }).prizes.items).toEqual(['3명'])
  expect(contentOf({ prizes }, 'en').prizes.items).toEqual(['× 3'])
  expect(contentOf({ prizes: [] }).prizes.items).toEqual(['3명'])
})

test.each([
  ['draft', /^아직 공개하지 않은/],
  ['closed', /^마감된/],
  ['locked', /^마감된/],
  ['drawn', /^마감된/],
  ['cancelled', /^취소된/],
] as const)('a poster of an event that is %s has a strip', (phase, strip) => {
  expect(contentOf({ phase }).strip).toMatch(strip)
})
