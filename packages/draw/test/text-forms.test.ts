import { describe, expect, it } from 'vitest'
import { base64Url, decodeBase64Url } from '../src/encoding/base64url.ts'
import { isHex, parseHex, toHex } from '../src/encoding/hex.ts'
import { asciiBytes, shortAscii, taggedBytes, u32, u64 } from '../src/encoding/preimage.ts'
import { textHash } from '../src/records/text-hash.ts'

describe('base64url', () => {
  const decoded = (text: string, length: number) => {
    const bytes = new Uint8Array(length)
    const codes = Buffer.from(`~~${text}~`, 'latin1')
    return decodeBase64Url(codes, 2, codes.length - 1, bytes) ? bytes : null
  }

  it('agrees with Buffer in both directions', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 151 + length * 37) & 255)
      const text = Buffer.from(bytes).toString('base64url')
      expect(base64Url(bytes)).toBe(text)
      expect(base64Url(Object.assign(bytes.slice(), { toBase64: undefined }))).toBe(text) // an older engine
      expect(decoded(text, length)).toEqual(bytes)
    }
  })

  it('rejects padding, other alphabets, odd lengths and spare bits', () => {
    for (const text of ['A', 'AAAAA', 'QQ==', 'a+b/', 'QR', 'QUF', '\xe9+'])
      expect(decoded(text, 3)).toBeNull()
  })
})

describe('hex', () => {
  it('converts in both directions', () => {
    expect(toHex(Uint8Array.of(0, 1, 15, 16, 255))).toBe('00010f10ff')
    expect(parseHex('00010f10ff', 5, 'it')).toEqual(Uint8Array.of(0, 1, 15, 16, 255))
  })

  it('has one spelling', () => {
    for (const text of ['AA', 'a', 'aaa', 'g0', '0x', ' a', '']) {
      expect(isHex(text, 1)).toBe(false)
      expect(() => parseHex(text, 1, 'it')).toThrow('it must be 2 lowercase hex digits')
    }
    expect(isHex(11, 1)).toBe(false)
  })
})

describe('preimages', () => {
  it('contain integers big-endian', () => {
    expect(toHex(u32(0x01020304))).toBe('01020304')
    expect(toHex(u64(2 ** 53 - 1))).toBe('001fffffffffffff')
    expect(toHex(u64(0x0102030405))).toBe('0000000102030405')
  })

  it('contain texts with their length, 1 to 64 ASCII characters', () => {
    expect(toHex(taggedBytes('t', [shortAscii('ab', 'it')]))).toBe(
      `${toHex(asciiBytes('eungmo-draw/1 t'))}00026162`,
    )
    expect(shortAscii('x'.repeat(64), 'it')).toHaveLength(64)
    expect(() => shortAscii('', 'it')).toThrow('it must have 1 to 64 characters')
    expect(() => shortAscii('x'.repeat(65), 'it')).toThrow('it must have 1 to 64 characters')
    expect(() => shortAscii('é', 'it')).toThrow('it must be ASCII')
    expect(() => asciiBytes('é')).toThrow('text must be ASCII')
  })

  it('hash the text of the rules as UTF-8', () => {
    expect(textHash('당첨')).toBe('9f181aa7de3b18ad8b502d97e00fec1d6ce84595bed3240d5c658699f3b69230')
    expect(textHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})
