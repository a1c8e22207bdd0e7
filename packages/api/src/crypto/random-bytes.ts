import { randomFillSync } from 'node:crypto'

const POOL_BYTES = 8_192
const pool = Buffer.alloc(POOL_BYTES)
let next = pool.length

/**
 * Fresh random bytes from a pool, so that many small requests cost one system call. Returned bytes are erased
 * from the pool.
 */
export function randomBytes(length: number): Buffer {
  if (next + length > pool.length) {
    randomFillSync(pool)
    next = 0
  }
  const bytes = Buffer.allocUnsafe(length)
  pool.copy(bytes, 0, next, next + length)
  pool.fill(0, next, next + length)
  next += length
  return bytes
}
