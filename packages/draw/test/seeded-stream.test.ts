import { describe, expect, it } from 'vitest'
import { parseHex, toHex } from '../src/encoding/hex.ts'
import { chacha20Block, SeededStream } from '../src/sampling/index.ts'

function bytesOf(stream: SeededStream, count: number): string {
  const bytes = new Uint8Array(count)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < count; at += 4) view.setUint32(at, stream.nextUint32(), true)
  return toHex(bytes)
}

describe('chacha20Block', () => {
  it('gives the block of RFC 8439, 2.3.2', () => {
    const input = new Uint32Array([
      0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, 0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c,
      0x13121110, 0x17161514, 0x1b1a1918, 0x1f1e1d1c, 0x00000001, 0x09000000, 0x4a000000, 0x00000000,
    ])
    const output = new Uint32Array(16)
    chacha20Block(input, output)
    expect([...output].map((word) => word.toString(16).padStart(8, '0')).join(' ')).toBe(
      'e4e7f110 15593bd1 1fdd0f50 c47120a3 c7f4d1c7 0368c033 9aaa2204 4e6cd4c3 ' +
        '466482d2 09aa9f07 05d7c214 a2028bd9 d19c12b5 b94e16de e883d0cb 4e3c50a2',
    )
  })

  it('gives the block of RFC 8439, A.1, test vector 5: the nonce counts to its last word', () => {
    const input = new Uint32Array(16)
    input.set([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574])
    input[15] = 0x02000000
    const output = new Uint32Array(16)
    chacha20Block(input, output)
    expect(toHex(new Uint8Array(output.buffer))).toBe(
      'c2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c7' +
        '8a970e0e955c14f3a88e741b97c286f75f8fc299e8148362fa198a39531bed6d',
    )
  })
})

describe('SeededStream', () => {
  it('gives the key stream of RFC 8439, A.1, test vectors 1 and 2, one block after the other', () => {
    expect(bytesOf(new SeededStream(new Uint8Array(32)), 128)).toBe(
      '76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7' +
        'da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586' +
        '9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed' +
        '29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f',
    )
  })

  it('gives block 1 of RFC 8439, A.1, test vector 3: every word of the key counts', () => {
    const key = new Uint8Array(32)
    key[31] = 1
    expect(bytesOf(new SeededStream(key), 128).slice(128)).toBe(
      '3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a' +
        '8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0',
    )
  })

  it('reads 53-bit integers as eight bytes, little-endian, modulo 2^53', () => {
    const stream = new SeededStream(new Uint8Array(32))
    // 76b8e0ada0f13d90 -> 0x903df1a0ade0b876 mod 2^53, 405d6ae55386bd28 -> 0x28bd8653e56a5d40 mod 2^53
    expect([stream.nextUint53(), stream.nextUint53()]).toEqual([
      Number(0x903df1a0ade0b876n % 2n ** 53n),
      Number(0x28bd8653e56a5d40n % 2n ** 53n),
    ])
  })

  it('reads the same stream from any word on, over the ends of blocks', () => {
    for (let before = 0; before <= 17; before++) {
      const words = new SeededStream(new Uint8Array(32).fill(9))
      const numbers = new SeededStream(new Uint8Array(32).fill(9))
      for (let word = 0; word < before; word++) expect(numbers.nextUint32()).toBe(words.nextUint32())
      for (let number = 0; number < 20; number++) {
        const low = words.nextUint32()
        expect(numbers.nextUint53()).toBe((words.nextUint32() % 2 ** 21) * 2 ** 32 + low)
      }
    }
  })

  it('starts at the byte offset of a seed that is a view', () => {
    const bytes = new Uint8Array(40).fill(5)
    bytes.fill(0, 4, 36)
    expect(bytesOf(new SeededStream(bytes.subarray(4, 36)), 4)).toBe('76b8e0ad')
  })

  it('rejects anything but 32 bytes', () => {
    expect(() => new SeededStream(new Uint8Array(31))).toThrow('seed must have 32 bytes, got 31')
    expect(() => new SeededStream('00'.repeat(32) as unknown as Uint8Array)).toThrow(TypeError)
    expect(() => new SeededStream(parseHex('00'.repeat(32), 32, 'seed'))).not.toThrow()
  })
})
