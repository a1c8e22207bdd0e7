import { expect, test, vi } from 'vitest'
import { expectApiError } from '../../test/support/expect-api-error.ts'
import { parsePhone } from '../validation/phone.ts'
import { readNumbers } from './read-numbers.ts'

vi.mock('../validation/phone.ts', { spy: true })

const [first, second, landline] = ['+821012345678', '+821023456789', '+82212345678']

test.each([
  ['one number per line', '010-1234-5678\n010-2345-6789', [first, second]],
  ['lines of another system', '010-1234-5678\r\n010-2345-6789\r\n', [first, second]],
  ['no separators', '01012345678\n01023456789', [first, second]],
  ['spaces, dots and brackets', '010 1234 5678\n(010) 2345.6789', [first, second]],
  ['the country code', '+82 10-1234-5678\n0082 10 2345 6789\n82-10-1234-5678', [first, second]],
  ['full-width digits', '０１０－１２３４－５６７８', [first]],
  ['names before and after', '김하늘 010-1234-5678\n010-2345-6789 박바다(매니저)', [first, second]],
  ['a numbering', '1. 010-1234-5678\n2) 01023456789\n3 02-1234-5678', [first, second, landline]],
  ['commas, semicolons and tabs', '010-1234-5678, 010-2345-6789;02-1234-5678\t', [first, second, landline]],
  ['spaces alone between two numbers', '01012345678 010 2345 6789', [first, second]],
  ['a column of a spreadsheet, without the 0', '1012345678\n1023456789', [first, second]],
  ['a row of a spreadsheet', '김하늘\t1012345678\t매니저\t2024.03.02', [first]],
  ['the same number in two spellings', '010-1234-5678\n+82 10 1234 5678', [first]],
  ['invisible marks of an address book', '\u202a010-1234-5678\u202c', [first]],
  ['empty lines', '\n\n010-1234-5678\n  \n', [first]],
])('numbers are read from %s', (_, text, numbers) => {
  expect(readNumbers(text)).toEqual({ numbers, unreadableLines: [] })
})

test('lines without a number are named by their place, and the others are read', () => {
  const text = [
    '이름, 전화번호',
    '김하늘 010-1234-567',
    '',
    '010-1234-5678',
    '0507-1234-5678',
    '합계 3명',
  ].join('\n')
  expect(readNumbers(text)).toEqual({ numbers: [first], unreadableLines: [1, 2, 5, 6] })
})

test('a line with a number and something else that looks like one is read and named', () => {
  expect(readNumbers('010-1234-5678, 010-2345-678')).toEqual({ numbers: [first], unreadableLines: [1] })
  expect(readNumbers('010-2345-678 010-1234-5678')).toEqual({ numbers: [first], unreadableLines: [1] })
})

const numbered = (count: number) =>
  Array.from({ length: count }, (_, n) => `010${String(20_000_000 + n)}`).join('\n')

test('500 numbers are read, and one more is an error', async () => {
  expect(readNumbers(numbered(500)).numbers).toHaveLength(500)
  const tooMany = { fields: [{ field: 'numbers', code: 'numbers.too_many' }] }
  const read = (text: string) =>
    expectApiError((async () => readNumbers(text))(), 'VALIDATION_FAILED', tooMany)
  await read(numbered(501))
  await read('\n'.repeat(2_001))
})

test.each(['1 ', '+', '010 ', '-.', '8 2 '])(
  'a hostile text of %j is compared with the numbering plan six times per word at most',
  (piece) => {
    const parse = vi.mocked(parsePhone).mockClear()
    const text = piece.repeat(10_000 / piece.length)
    readNumbers(text)
    expect(parse.mock.calls.length).toBeLessThanOrEqual(6 * text.split(' ').length)
    expect(Math.max(0, ...parse.mock.calls.map(([tried]) => tried.length))).toBeLessThan(30)
  },
)
