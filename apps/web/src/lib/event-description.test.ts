import { expect, test } from 'vitest'
import { eventDescription } from './event-description.ts'

const prizesOf = (...names: string[]) =>
  names.map((name) => ({ name, count: 2, valueWon: null, ownerPaysTax: false, isDelivered: false }))
const event = {
  prizes: prizesOf('케이크', '커피'),
  winnerCount: 4,
  endsAt: '2026-12-20T09:00:00.000Z',
  now: '2026-12-02T00:00:00.000Z',
  phase: 'open',
  paused: null,
} as const

test('a preview names prizes and deadline in the language of its page', () => {
  expect(eventDescription(event, 'ko')).toBe('케이크 2명 · 커피 2명 · 12월 20일(일) 오후 6시 마감')
  expect(eventDescription(event, 'en')).toBe('케이크 × 2 · 커피 × 2 · closes Sun 20 December, 18:00')
  expect(eventDescription({ ...event, prizes: [] }, 'ko')).toBe('4명 · 12월 20일(일) 오후 6시 마감')
})

test('of many prizes a preview names the first, and counts the others', () => {
  const prizes = prizesOf(...Array.from({ length: 30 }, (_, n) => `${n + 1}번째 경품`))
  const description = eventDescription({ ...event, prizes }, 'ko')
  const named = description.match(/번째/g)?.length ?? 0
  expect(named).toBeGreaterThan(3)
  expect(description).toContain(`외 ${30 - named}종 ·`)
  expect(description.length).toBeLessThan(120)
})

test('a preview says of an event that takes no entries why', () => {
  expect(eventDescription({ ...event, phase: 'drawn' }, 'ko')).toBe('마감된 이벤트예요')
  expect(eventDescription({ ...event, phase: 'cancelled' }, 'en')).toBe('This event was cancelled')
  expect(eventDescription({ ...event, paused: { reason: '확인 중', at: event.now } }, 'ko')).toBe(
    '잠시 멈춘 이벤트예요',
  )
})
