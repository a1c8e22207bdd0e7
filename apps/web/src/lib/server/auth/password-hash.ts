import { DomainError } from '@eungmo/api/errors/domain-error'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import pLimit from 'p-limit'

/** One hash takes a core and 32 MB for some 50 ms. */
const MAX_CONCURRENT_HASHES = 2
/** About half a second of work. Sign-up holds a transaction while it waits. */
const MAX_WAITING_HASHES = 20
const RETRY_AFTER_S = 2

const limit = pLimit(MAX_CONCURRENT_HASHES)

/** Runs a hash when one of the places is free. Throws UNAVAILABLE when too many wait already. */
export async function inTurn<T>(hash: () => Promise<T>): Promise<T> {
  if (limit.pendingCount >= MAX_WAITING_HASHES)
    throw new DomainError('UNAVAILABLE', { retryAfter: RETRY_AFTER_S })
  return limit(hash)
}

/**
 * better-auth's scrypt, a bounded number at a time in this process: many sign-ins at once must neither take
 * the processor from entries nor pile up in memory.
 */
export const passwordHash = {
  hash: (password: string) => inTurn(() => hashPassword(password)),
  verify: (data: { hash: string; password: string }) => inTurn(() => verifyPassword(data)),
}
