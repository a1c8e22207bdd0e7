import { decodeBase64Url, encodeBase64Url } from '../encoding/base64url.ts'
import type { EntryList } from './entry-list.ts'
import { EntryListBuilder } from './entry-list-builder.ts'

const MAGIC = [0x45, 0x44, 0x4c, 0x31] // EDL1
const HEADER_BYTES = 8
/** Length byte of an id that is the base64url of 32 bytes, stored as these. */
const HASHED_ID = 0
const HASHED_ID_LENGTH = 43
const HASH_BYTES = 32
/** An entry with a hashed id and one ticket. */
const USUAL_ENTRY_BYTES = 34
/** The maximum per entry: length, id, tickets, reason. */
const MAX_ENTRY_BYTES = 1 + 64 + 8 + 1

/**
 * A list as compact bytes for storage: magic, u32 n, then for each entry in canonical order its id (a zero
 * byte and 32 bytes where the id is the base64url of 32 bytes, otherwise a length byte and ASCII), its
 * tickets as LEB128, and its reason where it has no tickets. About 34 bytes per entry with a hashed id.
 * @example
 * import { decodeEntries, encodeEntries, toEntryList } from '@eungmo/draw/list'
 *
 * const bytes = encodeEntries(toEntryList([{ id: 'alice', tickets: 5 }]))
 * bytes.length // => 15
 * decodeEntries(bytes).idAt(0) // => 'alice'
 */
export function encodeEntries(list: EntryList): Uint8Array {
  const { idBytes, idEnds, tickets, reasons } = list
  const bytes = new GrowingBytes(HEADER_BYTES + list.size * USUAL_ENTRY_BYTES)
  for (const byte of MAGIC) bytes.push(byte)
  for (const shift of [24, 16, 8, 0]) bytes.push((list.size >>> shift) & 0xff)
  const hash = new Uint8Array(HASH_BYTES)
  let start = 0
  for (let index = 0; index < list.size; index++) {
    const end = idEnds[index] as number
    bytes.reserve(MAX_ENTRY_BYTES)
    if (end - start === HASHED_ID_LENGTH && decodeBase64Url(idBytes, start, end, hash)) {
      bytes.push(HASHED_ID)
      bytes.append(hash, 0, HASH_BYTES)
    } else {
      bytes.push(end - start)
      bytes.append(idBytes, start, end)
    }
    start = end
    pushNumber(bytes, tickets[index] as number)
    if (tickets[index] === 0) bytes.push(reasons[index] as number)
  }
  return bytes.finish()
}

/**
 * The list in the bytes of {@link encodeEntries}.
 * @throws {RangeError} for any other bytes
 * @example
 * import { decodeEntries, encodeEntries, toEntryList } from '@eungmo/draw/list'
 *
 * decodeEntries(encodeEntries(toEntryList([{ id: 'alice', tickets: 5 }]))).totalTickets // => 5
 */
export function decodeEntries(bytes: Uint8Array): EntryList {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER_BYTES || MAGIC.some((byte, at) => bytes[at] !== byte))
    throw new RangeError('the bytes are not a list of entries')
  const size = view.getUint32(4)
  if (size * 3 > bytes.length) throw new RangeError('the list of entries is cut off')
  const builder = new EntryListBuilder(size)
  let at = HEADER_BYTES
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
  const hashed = new Uint8Array(HASHED_ID_LENGTH)
  for (let index = 0; index < size; index++) {
    const length = next()
    let id: Uint8Array = hashed
    if (length === HASHED_ID) encodeBase64Url(take(HASH_BYTES), hashed)
    else id = take(length)
    const tickets = nextNumber(next)
    builder.addBytes(id, tickets, tickets === 0 ? next() : 0)
  }
  if (at !== bytes.length) throw new RangeError('bytes follow the list of entries')
  return builder.build()
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

/** Bytes that grow: `reserve` the room before you push and append. */
class GrowingBytes {
  #bytes: Uint8Array
  #used = 0

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity + MAX_ENTRY_BYTES)
  }

  reserve(length: number): void {
    if (this.#used + length <= this.#bytes.length) return
    const larger = new Uint8Array(Math.ceil(1.5 * this.#bytes.length) + length)
    larger.set(this.#bytes)
    this.#bytes = larger
  }

  push(byte: number): void {
    this.#bytes[this.#used++] = byte
  }

  append(from: Uint8Array, start: number, end: number): void {
    const bytes = this.#bytes
    let used = this.#used
    for (let at = start; at < end; at++) bytes[used++] = from[at] as number
    this.#used = used
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#used)
  }
}
