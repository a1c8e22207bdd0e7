import { constants, crc32, deflateRawSync } from 'node:zlib'

/** Deflate, no flags, no time, unknown system (RFC 1952). */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
const WINDOW_BYTES = 32_768

/**
 * A page in two parts, between which each visitor's own id stands. Compressed, the parts are deflated once, and
 * the id stands between them as a block without compression (RFC 1951), so that a response costs a checksum.
 */
export class PageTemplate {
  readonly #before: Buffer
  readonly #after: Buffer
  readonly #idBytes: number
  #deflated: { before: Buffer; after: Buffer; checksum: number } | undefined

  constructor(before: string, after: string, idBytes: number) {
    this.#before = Buffer.from(before)
    this.#after = Buffer.from(after)
    this.#idBytes = idBytes
  }

  get length(): number {
    return this.#before.length + this.#idBytes + this.#after.length
  }

  /** At most what it occupies, compressed and not. */
  get maxBytes(): number {
    return 2 * this.length
  }

  plain(id: string): Uint8Array<ArrayBuffer> {
    return Buffer.concat([this.#before, Buffer.from(id), this.#after])
  }

  gzip(id: string): Uint8Array<ArrayBuffer> {
    this.#deflated ??= this.#deflate()
    const { before, after, checksum } = this.#deflated
    const own = Buffer.from(id)
    if (own.length !== this.#idBytes)
      throw new RangeError(`an id has ${this.#idBytes} bytes, got ${own.length}`)
    const block = Buffer.alloc(5)
    block.writeUInt16LE(own.length, 1)
    block.writeUInt16LE(0xffff - own.length, 3)
    const trailer = Buffer.alloc(8)
    trailer.writeUInt32LE(crc32(this.#after, crc32(own, checksum)), 0)
    trailer.writeUInt32LE(this.length, 4)
    return Buffer.concat([GZIP_HEADER, before, block, own, after, trailer])
  }

  #deflate() {
    // The second part may refer to the first, never to the id: zeros stand for it, which no page contains.
    const window = Buffer.concat([this.#before, Buffer.alloc(this.#idBytes)]).subarray(-WINDOW_BYTES)
    return {
      before: deflateRawSync(this.#before, { level: 9, finishFlush: constants.Z_SYNC_FLUSH }),
      after: deflateRawSync(this.#after, { level: 9, dictionary: window }),
      checksum: crc32(this.#before),
    }
  }
}
