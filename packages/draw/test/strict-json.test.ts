import { describe, expect, it } from 'vitest'
import { parseStrictJson } from '../src/encoding/strict-json.ts'

describe('parseStrictJson', () => {
  it('reads what JSON.parse reads', () => {
    const text = '{ "a" : [ 1, null, "x y", {}, [] ],\n"b":{"c":9007199254740991 , "d":0}\t}\r\n'
    expect(parseStrictJson(text)).toEqual(JSON.parse(text))
    expect(parseStrictJson('"text"')).toBe('text')
    expect(parseStrictJson(' 7 ')).toBe(7)
    expect(parseStrictJson('{"__proto__":1}')).toEqual(JSON.parse('{"__proto__":1}'))
  })

  const rejected = [
    '',
    ' ',
    '{',
    '[',
    '[1',
    '[1,]',
    '[,1]',
    '{"a":1,}',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    '{1:1}',
    '[1 2]',
    '1 2',
    ']',
    ',',
    '{"a":1,"a":1}',
    '1.0',
    '1.5',
    '1e2',
    '1E2',
    '-0',
    '-1',
    '01',
    '+1',
    '9007199254740992',
    '99999999999999999',
    'true',
    'false',
    'nul',
    'undefined',
    'NaN',
    '"a',
    '"\\u0061"',
    '"\\n"',
    '"é"',
    '"\n"',
    "'a'",
    '[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]',
    '/**/1',
    '\u00a01',
    '1\u00a0',
  ]
  it.each(rejected)('rejects %j', (text) => {
    expect(() => parseStrictJson(text)).toThrow(SyntaxError)
  })

  it('reports the position', () => {
    expect(() => parseStrictJson('{"a": true}')).toThrow('character 5 is')
  })
})
