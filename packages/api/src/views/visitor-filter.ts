import { hash, randomBytes } from 'node:crypto'
import { DAY_MS, startOfSeoulDay } from '../seoul-time.ts'

const BITS = 2 ** 24
const SALT_BYTES = 32
/** At most one of 400 new visitors is then taken for an earlier one. */
export const MAX_VISITORS_PER_DAY = 2 ** 20

/**
 * Recognises who was counted today, in 2 MB whatever the number: a Bloom filter (Bloom 1970) of four bits per
 * visitor. Nothing can be read back from it, and the salt of its hashes is random, in memory only, and forgotten
 * with the filter at midnight in Seoul.
 */
export interface VisitorFilter {
  /**
   * Whether this visitor is counted for the first time today. False for one of 400 new visitors at most, and for
   * every visitor after the first million of a day.
   * @param visitor whatever tells visitors apart, such as event, network and browser
   */
  isNew(visitor: string, now: number): boolean
}

export interface VisitorFilterOptions {
  /** Called once per day when the filter is full. */
  onFull: () => void
}

export function createVisitorFilter({ onFull }: VisitorFilterOptions): VisitorFilter {
  const bits = new Uint32Array(BITS / 32)
  let salt = ''
  let visitors = 0
  let endsAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function forget(): void {
    salt = ''
    visitors = 0
    endsAt = 0
    bits.fill(0)
  }

  function startDay(now: number): void {
    forget()
    salt = randomBytes(SALT_BYTES).toString('base64')
    endsAt = startOfSeoulDay(now) + DAY_MS
    clearTimeout(timer)
    timer = setTimeout(forget, endsAt - now)
    timer.unref()
  }

  /** Sets the bit, and returns whether it was set before. */
  function mark(position: number): boolean {
    const [word, mask] = [position >>> 5, 1 << (position & 31)]
    const before = bits[word] ?? 0
    bits[word] = before | mask
    return (before & mask) !== 0
  }

  return {
    isNew(visitor, now) {
      if (now >= endsAt || now < endsAt - DAY_MS) startDay(now)
      if (visitors === MAX_VISITORS_PER_DAY) return false
      const digest = hash('sha256', salt + visitor, 'buffer')
      let isKnown = true
      for (let offset = 0; offset < 16; offset += 4)
        isKnown = mark(digest.readUInt32LE(offset) % BITS) && isKnown
      if (isKnown) return false
      visitors++
      if (visitors === MAX_VISITORS_PER_DAY) onFull()
      return true
    },
  }
}
