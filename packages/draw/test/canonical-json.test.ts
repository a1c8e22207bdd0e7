import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../src/encoding/canonical-json.ts'

describe('canonicalJson', () => {
  it('sorts keys by their code units and leaves no spaces, as RFC 8785, 3.2.3 does', () => {
    expect(canonicalJson({ b: 1, a: { z: [], aa: null, a: 'x' }, A: [3, 2, 1], '1': 0, _: {} })).toBe(
      '{"1":0,"A":[3,2,1],"_":{},"a":{"a":"x","aa":null,"z":[]},"b":1}',
    )
  })

  it('writes integers as RFC 8785 (ECMAScript) does', () => {
    expect(canonicalJson([0, 1, 10, 4294967296, 2 ** 53 - 1])).toBe('[0,1,10,4294967296,9007199254740991]')
  })

  it('does not depend on the order in which keys were set', () => {
    expect(canonicalJson({ x: 1, y: 2 })).toBe(canonicalJson({ y: 2, x: 1 }))
  })

  it('accepts all printable ASCII except what JSON escapes', () => {
    const text = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))
      .join('')
      .replace(/["\\]/g, '')
    expect(canonicalJson(text)).toBe(`"${text}"`)
    expect(canonicalJson(text)).toBe(JSON.stringify(text))
  })

  const rejected = [
    true,
    false,
    1.5,
    -1,
    -0,
    2 ** 53,
    Number.NaN,
    Infinity,
    'a"b',
    'a\\b',
    'a\nb',
    '\u007f',
    'é',
    undefined,
    1n,
  ]
  it.each(rejected.map((value) => [value]))('rejects %s, anywhere', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
    expect(() => canonicalJson({ a: [value] })).toThrow(TypeError)
  })

  it('rejects keys that need escapes', () => {
    expect(() => canonicalJson({ 'a"': 1 })).toThrow(TypeError)
  })
})
