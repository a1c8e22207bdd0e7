import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../src/encoding/hex.ts'
import { asciiBytes, portableSha256 } from '../src/encoding/preimage.ts'

const native = (data: Uint8Array) => createHash('sha256').update(data).digest('hex')

describe('portableSha256', () => {
  it('gives the hashes of the examples of FIPS 180-4', () => {
    const examples = {
      '': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      abc: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq:
        '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    }
    for (const [text, hash] of Object.entries(examples)) {
      expect(toHex(portableSha256(asciiBytes(text)))).toBe(hash)
    }
    expect(toHex(portableSha256(asciiBytes('a'.repeat(1_000_000))))).toBe(
      'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
    )
  })

  it('equals the native hash for every length around the ends of blocks', () => {
    for (let length = 0; length <= 260; length++) {
      const data = Uint8Array.from({ length }, (_, at) => at * 151 + length)
      expect(toHex(portableSha256(data))).toBe(native(data))
    }
  })

  it('equals the native hash of any bytes, also of a view', () => {
    const bytes = fc.uint8Array({ maxLength: 1_000 })
    fc.assert(
      fc.property(bytes, fc.nat({ max: 70 }), (data, from) => {
        expect(toHex(portableSha256(data.subarray(from)))).toBe(native(data.subarray(from)))
      }),
      { seed: 20260131, numRuns: 500 },
    )
  })

  it('writes the length of half a gigabyte into both of its words', () => {
    const data = new Uint8Array(2 ** 29)
    expect(toHex(portableSha256(data))).toBe(native(data))
  })

  it('returns bytes that later hashes do not change', () => {
    const first = portableSha256(asciiBytes('abc'))
    portableSha256(asciiBytes('def'))
    expect(toHex(first).slice(0, 8)).toBe('ba7816bf')
  })
})
