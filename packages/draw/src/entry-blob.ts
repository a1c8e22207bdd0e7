import { base64Url, parseBase64Url } from './base64url.ts'
import type { EntryList } from './entry-list.ts'
import { EntryListBuilder } from './entry-list-builder.ts'

const MAGIC = [0x45, 0x44, 0x4c, 0x31] // EDL1
const HEADER = 8
/** Length byte of an id that is the base64url of 32 bytes, stored as these. */
const HASHED_ID = 0
const HASHED_LENGTH = 43

/**
 * A list as compact bytes to store once and for ever: magic, u32 n, then for each entry in canonical order its id (a zero
 * byte and 32 bytes where it is the base64url of 32 bytes, else a length byte and ASCII), its tickets as LEB128, and its
 * reason where it has no tickets. About 34 bytes an entry in the product.
 */
export function encodeEntries(list: EntryList): Uint8Array {
  const bytes = new GrowingBytes(HEADER + list.size * 34)
  for (const byte of MAGIC) bytes.push(byte)
  for (const shift of [24, 16, 8, 0]) bytes.push((list.size >>> shift) & 0xff)
  for (let index = 0; index < list.size; index++) {
    pushId(bytes, list, index)
    const tickets = list.tickets[index] as number
    pushNumber(bytes, tickets)
    if (tickets === 0) bytes.push(list.reasons[index] as number)
  }
  return bytes.finish()
}

/** The list of {@link encodeEntries}' bytes. @throws {RangeError} where they are not exactly that. */
export function decodeEntries(bytes: Uint8Array): EntryList {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER || MAGIC.some((byte, at) => bytes[at] !== byte))
    throw new RangeError('no list of entries')
  const size = view.getUint32(4)
  if (size * 3 > bytes.length) throw new RangeError('the list of entries is cut off')
  const builder = new EntryListBuilder(size)
  let at = HEADER
  const next = (): number => {
    const byte = bytes[at++]
    if (byte === undefined) throw new RangeError('the list of entries is cut off')
    return byte
  }
  const take = (length: number): Uint8Array => {
    at += length
    if (at > bytes.length) throw new RangeError('the list of entries is cut off')
    return bytes.subarray(at - length, at)
  }
  for (let index = 0; index < size; index++) {
    const length = next()
    const id = length === HASHED_ID ? base64Url(take(32)) : String.fromCharCode(...take(length))
    const tickets = nextNumber(next)
    builder.add(id, tickets, tickets === 0 ? next() : 0)
  }
  if (at !== bytes.length) throw new RangeError('bytes follow the list of entries')
  return builder.build()
}

function pushId(bytes: GrowingBytes, list: EntryList, index: number): void {
  const start = list.idStart(index)
  const end = list.idEnds[index] as number
  const hashed = end - start === HASHED_LENGTH ? parseBase64Url(list.idAt(index)) : null
  bytes.push(hashed === null ? end - start : HASHED_ID)
  bytes.append(hashed ?? list.idBytes.subarray(start, end))
}

function pushNumber(bytes: GrowingBytes, value: number): void {
  let left = value
  while (left >= 128) {
    bytes.push((left % 128) + 128)
    left = Math.floor(left / 128)
  }
  bytes.push(left)
}

function nextNumber(next: () => number): number {
  let value = 0
  for (let place = 1; ; place *= 128) {
    const byte = next()
    value += (byte & 127) * place
    if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('a number in the list of entries is too large')
    if (byte < 128) return value
  }
}

class GrowingBytes {
  #bytes: Uint8Array
  #used = 0

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity)
  }

  push(byte: number): void {
    this.#reserve(1)
    this.#bytes[this.#used++] = byte
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#used)
    this.#used += bytes.length
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#used)
  }

  #reserve(length: number): void {
    if (this.#used + length <= this.#bytes.length) return
    const larger = new Uint8Array(Math.ceil(1.5 * this.#bytes.length) + length)
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}
