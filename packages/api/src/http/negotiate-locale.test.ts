import { expect, test } from 'vitest'
import { negotiateLocale } from './negotiate-locale.ts'

test.each([
  [null, 'ko'],
  ['', 'ko'],
  ['*', 'ko'],
  ['fr-FR', 'ko'],
  ['en', 'en'],
  ['en-US,en;q=0.9', 'en'],
  ['ko-KR,ko;q=0.9,en-US;q=0.8', 'ko'],
  ['en;q=0.5, ko;q=0.4', 'en'],
  ['ko;q=0.3, en;q=0.7', 'en'],
  ['en;q=0', 'ko'],
  ['en;q=x', 'ko'],
])('Accept-Language %j is %s', (header, locale) => {
  expect(negotiateLocale(header, 'ko')).toBe(locale)
})
