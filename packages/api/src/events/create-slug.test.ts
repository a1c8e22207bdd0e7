import { expect, test } from 'vitest'
import { createSlug } from './create-slug.ts'
import { readableSlug } from './readable-slug.ts'

test('a Korean title becomes a slug in Latin letters', () => {
  expect(readableSlug('오픈 1주년 케이크 증정')).toBe('opeun-1junyeon-keikeu-jeungjeong')
  expect(readableSlug('Café & Brunch  Day!')).toBe('cafe-brunch-day')
  expect(readableSlug('🎁🎁')).toBe('')
})

test('a slug has at most 40 characters and whole words', () => {
  expect(readableSlug('가을 맞이 단골 손님 감사 대잔치 경품 추첨 이벤트').length).toBeLessThanOrEqual(40)
  expect(readableSlug('a'.repeat(90))).toBe('a'.repeat(40))
})

test('a taken or empty slug gets a random ending', async () => {
  expect(await createSlug('Cake', async () => false)).toBe('cake')
  expect(await createSlug('Cake', async (slug) => slug === 'cake')).toMatch(/^cake-[a-z2-9]{4}$/)
  expect(await createSlug('🎁', async () => false)).toMatch(/^event-[a-z2-9]{4}$/)
})
