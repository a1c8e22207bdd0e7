import { randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(8192)
let next = pool.length

/** Fresh random bytes; many small ones cost one call of the system's source. What was given out leaves the pool. */
export function randomBytes(length: number): Buffer {
  if (next + length > pool.length) {
    randomFillSync(pool)
    next = 0
  }
  const bytes = Buffer.allocUnsafeSlow(length)
  pool.copy(bytes, 0, next, next + length)
  pool.fill(0, next, next + length)
  next += length
  return bytes
}
