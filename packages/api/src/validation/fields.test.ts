import { describe, expect, test } from 'vitest'
import { instantInput, line, text, token } from './fields.ts'

const parse = (schema: ReturnType<typeof line>, value: string) => {
  const { data, error } = schema.safeParse(value)
  return data ?? error?.issues.map(({ code, message }) => (code === 'custom' ? message : code))
}

describe('a line', () => {
  test.each([
    ['  우리동네TV '.normalize('NFD'), '우리동네TV'],
    ['🎁'.repeat(5), '🎁🎁🎁🎁🎁'],
    ['👩\u200d🍳 빵', '👩\u200d🍳 빵'],
  ])('of %j is %j', (typed, stored) => expect(parse(line(10), typed)).toBe(stored))

  test.each([
    ['', ['too_small']],
    ['가'.repeat(11), ['too_big']],
    ['🎁'.repeat(11), ['too_big']],
    ['🎁'.repeat(5_000), ['too_big']],
    ['a\0b', ['invalid']],
    [`${'가'.repeat(10)} `, ['too_big']],
    ['a\n', ['invalid']],
    ['\r\na', ['invalid']],
    ['\ufeffa', ['invalid']],
    ['a\rb', ['invalid']],
    ['a\nb', ['invalid']],
    ['a\u2028b', ['invalid']],
    ['a\u0085b', ['invalid']],
    ['a\ud800b', ['invalid']],
    ['\u202egnp.exe', ['invalid']],
    ['a\u2066b', ['invalid']],
    ['a\u200fb', ['invalid']],
  ])('%j is an error', (typed, codes) => expect(parse(line(10), typed)).toEqual(codes))

  test('counts code points and not UTF-16 units', () => {
    expect(parse(line(2), '🎁🎁')).toBe('🎁🎁')
    expect(parse(line(5, { min: 2 }), '🎁')).toEqual(['too_small'])
  })
})

describe('a text', () => {
  test('keeps its lines and tabs, with line feeds only', () => {
    expect(parse(text(20), ' 가\r\n나\r다\t라\n')).toBe('가\n나\n다\t라')
    expect(parse(text(20), '')).toBe('')
  })
  test.each(['a\0b', 'a\u000bb', 'a\ud800', 'a\u202eb'])('%j is an error', (typed) =>
    expect(parse(text(20), typed)).toEqual(['invalid']),
  )
})

describe('a token', () => {
  test('is compared in NFC, and may carry the invisible marks of a pasted text', () => {
    expect(parse(token(20), '우리동네TV'.normalize('NFD'))).toBe('우리동네TV')
    expect(parse(token(20), '\u202a010-1234-5678\u202c')).toBe('\u202a010-1234-5678\u202c')
  })
  test.each(['SNS\0', 'a\nb', 'a\n', '\u2028a', '\udc00'])('%j is an error', (typed) =>
    expect(parse(token(20), typed)).toEqual(['invalid']),
  )
})

describe('an instant', () => {
  test.each(['2026-12-20T18:00:00+09:00', '1000-01-02T00:00:00Z', '9999-12-30T23:59:59Z'])(
    '%s is read',
    (at) => expect(instantInput.parse(at).getTime()).toBe(Date.parse(at)),
  )
  test.each([
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+23:59',
    '0020-02-29T00:00:00Z',
    '9999-12-31T23:59:59-23:59',
    '2026-02-30T00:00:00Z',
    '2026-12-20T18:00:00',
  ])('%s is an error', (at) => expect(instantInput.safeParse(at).success).toBe(false))
})
