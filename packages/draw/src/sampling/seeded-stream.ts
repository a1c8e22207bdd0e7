import { chacha20Block } from './chacha20.ts'

const WORDS_PER_BLOCK = 16
/** "expand 32-byte k" in little-endian words (RFC 8439, 2.3). */
const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]

/** A source of integers below 2^53; a draw uses {@link SeededStream}. */
export interface Uint53Source {
  nextUint53(): number
}

/**
 * ChaCha20 (RFC 8439, 2.3) as one continuous stream: key = seed, nonce = 12 zero bytes, block counter from 0.
 * Uses 32-bit integer operations only, so the same seed returns the same numbers on every engine.
 * @example
 * import { SeededStream } from '@eungmo/draw/sampling'
 *
 * new SeededStream(new Uint8Array(32)).nextUint53() // => 8428446738856054
 */
export class SeededStream implements Uint53Source {
  readonly #input = new Uint32Array(WORDS_PER_BLOCK)
  readonly #block = new Uint32Array(WORDS_PER_BLOCK)
  #position = WORDS_PER_BLOCK

  /** @throws {TypeError} unless the seed is a Uint8Array, {RangeError} unless it has 32 bytes. */
  constructor(seed: Uint8Array) {
    if (!(seed instanceof Uint8Array)) throw new TypeError('seed must be a Uint8Array of 32 bytes')
    if (seed.length !== 32) throw new RangeError(`seed must have 32 bytes, got ${seed.length}`)
    const view = new DataView(seed.buffer, seed.byteOffset, 32)
    this.#input.set(CONSTANTS)
    for (let word = 0; word < 8; word++) this.#input[4 + word] = view.getUint32(4 * word, true)
  }

  /** The next four bytes of the stream, little-endian. */
  nextUint32(): number {
    if (this.#position === WORDS_PER_BLOCK) this.#refill()
    return this.#block[this.#position++] as number
  }

  /** The next eight bytes of the stream, little-endian, modulo 2^53. */
  nextUint53(): number {
    const at = this.#position
    if (at > WORDS_PER_BLOCK - 2) return uint53(this.nextUint32(), this.nextUint32())
    this.#position = at + 2
    return uint53(this.#block[at] as number, this.#block[at + 1] as number)
  }

  #refill(): void {
    const input = this.#input
    chacha20Block(input, this.#block)
    // 2^32 blocks hold 2^35 numbers, more than any draw needs, so the counter never wraps.
    input[12] = (input[12] as number) + 1
    this.#position = 0
  }
}

function uint53(low: number, high: number): number {
  return (high & 0x1fffff) * 4294967296 + low
}
