import fc from 'fast-check'
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

test('any title becomes a slug of lower-case letters, digits and single hyphens', () => {
  expect(readableSlug('toString')).toBe('tostring')
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (title) => {
      expect(readableSlug(title)).toMatch(/^(?=.{0,40}$)([a-z0-9]+(-[a-z0-9]+)*)?$/)
    }),
    { numRuns: 2_000, seed: 5 },
  )
})

test('a taken or empty slug gets a random ending', async () => {
  expect(await createSlug('Cake', async () => false)).toBe('cake')
  expect(await createSlug('Cake', async (slug) => slug === 'cake')).toMatch(/^cake-[a-z2-9]{4}$/)
  expect(await createSlug('🎁', async () => false)).toMatch(/^event-[a-z2-9]{4}$/)
})
