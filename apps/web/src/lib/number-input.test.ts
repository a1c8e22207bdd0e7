import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseWholeNumber } from './number-input.ts'

test.each([
  ['10', 10],
  [' 10 ', 10],
  ['007', 7],
  ['1,000', 1000],
  ['1,234,567', 1_234_567],
  ['1 000', 1000],
  ['1\u00a0000', 1000],
  ['１０', 10],
  ['１，０００', 1000],
  ['10명', 10],
  ['1,000 명', 1000],
  ['3개', 3],
  ['2장', 2],
  ['50,000원', 50_000],
  ['\u202d10\u202c', 10],
])('%j is %d', (text, number) => {
  expect(parseWholeNumber(text)).toBe(number)
})

test.each([
  '',
  ' ',
  '3.5',
  '1.000',
  '1,00',
  '10,000,0',
  '1 0',
  '-1',
  '+5',
  '1e3',
  '0x10',
  '십',
  '10만',
  '9'.repeat(17),
])('%j is not a whole number', (text) => {
  expect(parseWholeNumber(text)).toBeNull()
})

test('a number is read back from every way it is written', () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.constantFrom('ko', 'en', 'sv', 'fr'), (number, locale) => {
      expect(parseWholeNumber(number.toLocaleString(locale))).toBe(number)
    }),
    { numRuns: 500, seed: 1 },
  )
})
