import { describe, expect, it } from 'vitest'
import * as shape from '../src/encoding/shape.ts'

function accepts(check: shape.Check, value: unknown): boolean {
  try {
    check(value, 'it')
    return true
  } catch (error) {
    if (error instanceof shape.ShapeError) return false
    throw error
  }
}

describe('shapes', () => {
  it('accept existing times, in one spelling', () => {
    for (const time of [
      '2026-01-31T09:00:00.000Z',
      '2024-02-29T23:59:59.999Z',
      '0001-01-01T00:00:00.000Z',
      '9999-12-31T23:59:59.999Z',
    ]) {
      expect([time, accepts(shape.instant, time)]).toEqual([time, true])
    }
    const wrong = [
      '2026-02-30T09:00:00.000Z',
      '2025-02-29T00:00:00.000Z',
      '2026-01-31T24:00:00.000Z',
      '2026-12-31T23:59:60.000Z',
      '2026-13-01T00:00:00.000Z',
      '0000-01-01T00:00:00.000Z',
      '2026-01-31T09:00:00Z',
      '2026-01-31T09:00:00.000+00:00',
      '2026-01-31 09:00:00.000Z',
      '+002026-01-31T09:00:00.000Z',
      '2026-1-31T09:00:00.000Z',
      '2026-01-31T09:00:00.000z',
      ' 2026-01-31T09:00:00.000Z',
      '2026-01-31T09:00:00.000Z\n',
      0,
      null,
    ]
    for (const time of wrong) expect([time, accepts(shape.instant, time)]).toEqual([time, false])
  })

  it('accept integers of their range, and nothing similar', () => {
    for (const value of [1, 5, 10]) expect(accepts(shape.integer(1, 10), value)).toBe(true)
    for (const value of [0, 11, 1.5, '5', true, null, Number.NaN, [5], 5n])
      expect(accepts(shape.integer(1, 10), value)).toBe(false)
    expect(accepts(shape.integer(0), -0)).toBe(false)
    expect(accepts(shape.integer(0), 2 ** 53 - 1)).toBe(true)
    expect(accepts(shape.integer(0), 2 ** 53)).toBe(false)
  })

  it('accept objects with exactly their keys as own properties', () => {
    const check = shape.object({ a: shape.integer(0), b: shape.nullOr(shape.integer(0)) })
    expect(accepts(check, { a: 1, b: null })).toBe(true)
    for (const value of [
      { a: 1 },
      { a: 1, b: 2, c: 3 },
      { a: 1, b: '' },
      [1, 2],
      null,
      'a',
      Object.create({ a: 1, b: 2 }),
    ]) {
      expect(accepts(check, value)).toBe(false)
    }
    expect(accepts(check, JSON.parse('{"a":1,"b":1,"__proto__":1}'))).toBe(false)
    expect(accepts(shape.object({}), { toString: 1 })).toBe(false)
  })

  it('accept texts of their alphabets', () => {
    expect(accepts(shape.shortText, 'K7M2-9QXA ~!')).toBe(true)
    for (const text of ['', 'x'.repeat(65), 'a"b', 'a\\b', 'é', 'a\n', 'a\u007f'])
      expect(accepts(shape.shortText, text)).toBe(false)
    for (const id of ['a', 'A0_.@+:-', 'x'.repeat(64)]) expect(accepts(shape.idText, id)).toBe(true)
    for (const id of ['', 'a b', 'x'.repeat(65), 'a\n', 'é', 5]) expect(accepts(shape.idText, id)).toBe(false)
    expect(accepts(shape.oneOf('a', 'b'), 'b')).toBe(true)
    expect(accepts(shape.oneOf('a', 'b'), 'ab')).toBe(false)
    expect(accepts(shape.hex(2), 'ab01')).toBe(true)
    for (const text of ['AB01', 'ab0', 'ab012', 'abxy', 'ab01\n'])
      expect(accepts(shape.hex(2), text)).toBe(false)
  })

  it('report the path and the expected value', () => {
    const check = shape.object({ list: shape.arrayOf(shape.integer(1)) })
    expect(() => check({ list: [1, 0] }, 'it')).toThrow(
      'it.list[1] must be an integer from 1 to 2^53 - 1, got 0',
    )
    expect(() => check({ list: 'x' }, 'it')).toThrow('it.list must be an array, got "x"')
    expect(() => check([], 'it')).toThrow('it must be an object, got an array')
  })
})
