import { describe, expect, test } from 'vitest'
import { formatPhone, formatPhoneAtCaret, looksLikePhone } from './phone-input.ts'

describe('formatPhone', () => {
  test.each([
    ['', ''],
    ['010', '010'],
    ['0101', '010-1'],
    ['01012345678', '010-1234-5678'],
    ['010-1234-56789', '010-1234-5678'],
    ['0112345678', '011-234-5678'],
    ['0212345678', '02-1234-5678'],
    ['021234567', '02-123-4567'],
    ['0311234567', '031-123-4567'],
    ['050212345678', '0502-1234-5678'],
    ['０１０１２３４', '010-1234'],
    ['+82 10-1234', '+82 10-1234'],
  ])('%s becomes %s', (typed, shown) => expect(formatPhone(typed)).toBe(shown))
})

test('the caret stays behind the digit it was behind', () => {
  expect(formatPhoneAtCaret('010-12345-678', 9)).toEqual({ value: '010-1234-5678', caret: 10 })
  expect(formatPhoneAtCaret('0109-1234-567', 4)).toEqual({ value: '010-9123-4567', caret: 5 })
  expect(formatPhoneAtCaret('0101', 4)).toEqual({ value: '010-1', caret: 5 })
  expect(formatPhoneAtCaret('10-1234-5678', 0)).toEqual({ value: '101-234-5678', caret: 0 })
})

describe('looksLikePhone', () => {
  test.each([
    '010-1234-5678',
    '01012345678',
    '+82 10-1234-5678',
    '+821012345678',
    '02-345-6789',
    '031 123 4567',
    '011-234-5678',
  ])('takes %s', (typed) => expect(looksLikePhone(typed)).toBe(true))
  test.each(['', '010-1234-567', '010-1234-56789', '12345678', 'abc', '+1 212 555 0100'])(
    'refuses %s',
    (typed) => expect(looksLikePhone(typed)).toBe(false),
  )
})
