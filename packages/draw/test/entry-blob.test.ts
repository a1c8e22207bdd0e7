import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { base64Url } from '../src/encoding/base64url.ts'
import { decodeEntries, encodeEntries } from '../src/list/entry-blob.ts'
import { toEntryList } from '../src/list/index.ts'

const hashed = (at: number) => base64Url(createHash('sha256').update(String(at)).digest())

describe('encodeEntries', () => {
  it('decodes to the same list: hashed ids, others of 43 characters, short and long ones, all numbers', () => {
    const notCanonical = `${hashed(1).slice(0, 42)}_`
    const list = toEntryList([
      ...Array.from({ length: 50 }, (_, at) => ({ id: hashed(at), tickets: 1 + (at % 3) })),
      { id: notCanonical, tickets: 127 },
      { id: '.'.repeat(43), tickets: 128 },
      { id: 'a', tickets: 16384 },
      { id: 'x'.repeat(64), tickets: 2 ** 53 - 100_000 },
      ...[1, 2, 3, 4, 5, 6, 7].map((reason) => ({ id: `out${reason}`, tickets: 0, reason })),
    ])
    const decoded = decodeEntries(encodeEntries(list))
    expect([...decoded]).toEqual([...list])
    expect(decoded.totalTickets).toBe(list.totalTickets)
  })

  it('takes 34 bytes for an entry with a hashed id', () => {
    const list = toEntryList(Array.from({ length: 1000 }, (_, at) => ({ id: hashed(at), tickets: 1 })))
    expect(encodeEntries(list).length).toBe(8 + 34 * 1000)
  })

  it('is a function of the list, so that it can be compared', () => {
    const entries = [
      { id: 'b', tickets: 1 },
      { id: 'a', tickets: 2 },
    ]
    expect(encodeEntries(toEntryList(entries))).toEqual(encodeEntries(toEntryList([...entries].reverse())))
  })
})

describe('decodeEntries', () => {
  const bytes = encodeEntries(
    toEntryList([
      { id: 'a', tickets: 300 },
      { id: hashed(1), tickets: 1 },
    ]),
  )

  it('reads bytes that are a view', () => {
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(decodeEntries(shifted.subarray(3)).size).toBe(2)
  })

  it('rejects bytes that are cut off anywhere, too long, or something else', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeEntries(bytes.subarray(0, length))).toThrow(RangeError)
    }
    expect(() => decodeEntries(Uint8Array.of(...bytes, 0))).toThrow('bytes follow the list of entries')
    expect(() => decodeEntries(bytes.with(0, 0))).toThrow('the bytes are not a list of entries')
    expect(() => decodeEntries(bytes.with(4, 255))).toThrow('the list of entries is cut off')
  })

  it('rejects a number beyond 2^53 - 1', () => {
    const endless = [0x45, 0x44, 0x4c, 0x31, 0, 0, 0, 1, 1, 0x61, ...new Array<number>(20).fill(255), 1]
    expect(() => decodeEntries(Uint8Array.from(endless))).toThrow(
      'a number in the list of entries is too large',
    )
  })
})
