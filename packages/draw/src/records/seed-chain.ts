import { parseHex, toHex } from '../encoding/hex.ts'
import { shortAscii, taggedHash } from '../encoding/preimage.ts'

/** One secret for each attempt that an event can have. */
export const CHAIN_LENGTH = 256

/** The secrets of all attempts of an event, committed to by one hash before the first entry. */
export interface SeedChain {
  /** s_0, the `seedCommitment` of the rules record, in hex. */
  readonly commitment: string
  readonly length: number
  /**
   * s_attempt, the `serverSeed` of that attempt's lock record, in hex.
   * @throws {RangeError} beyond the length.
   */
  secretFor(attempt: number): string
}

/**
 * The chain whose last secret is `lastSecret` (s_256): s_(i-1) = H(T("chain") || S(eventId) || s_i). From
 * s_i follow all earlier secrets, and no later one.
 * @param lastSecret 32 bytes from crypto.getRandomValues or randomBytes; store it encrypted, never log it
 * @param length number of attempts, 1 to 256; defaults to 256
 * @throws {RangeError} for another length of the secret or the chain
 * @example
 * import { createSeedChain, opensCommitment } from '@eungmo/draw/records'
 *
 * const chain = createSeedChain('spring-draw', crypto.getRandomValues(new Uint8Array(32)))
 * opensCommitment('spring-draw', chain.commitment, chain.secretFor(1)) // => true
 * opensCommitment('spring-draw', chain.secretFor(1), chain.secretFor(2)) // => true
 */
export function createSeedChain(eventId: string, lastSecret: Uint8Array, length = CHAIN_LENGTH): SeedChain {
  if (lastSecret.length !== 32) throw new RangeError('lastSecret must have 32 bytes')
  if (!Number.isSafeInteger(length) || length < 1 || length > CHAIN_LENGTH) {
    throw new RangeError(`length must be an integer from 1 to ${CHAIN_LENGTH}, got ${length}`)
  }
  const secrets: Uint8Array[] = [lastSecret.slice()]
  for (let attempt = length; attempt > 0; attempt--) {
    secrets.unshift(previousSecret(eventId, secrets[0] as Uint8Array))
  }
  return {
    commitment: toHex(secrets[0] as Uint8Array),
    length,
    secretFor(attempt) {
      const secret = attempt === 0 ? undefined : secrets[attempt]
      if (secret === undefined) throw new RangeError(`there is no secret for attempt ${attempt} of ${length}`)
      return toHex(secret)
    },
  }
}

/** s_(i-1) of an event, from s_i. */
function previousSecret(eventId: string, secret: Uint8Array): Uint8Array {
  return taggedHash('chain', [shortAscii(eventId, 'eventId'), secret])
}

/**
 * Whether `secret` (s_i) is the one that `commitment` (s_(i-1)) commits to; both 64 hex digits.
 * @throws {RangeError} unless `secret` is 64 lowercase hex digits
 * @example
 * import { createSeedChain, opensCommitment } from '@eungmo/draw/records'
 *
 * const chain = createSeedChain('spring-draw', new Uint8Array(32))
 * opensCommitment('spring-draw', chain.commitment, chain.secretFor(2)) // => false
 */
export function opensCommitment(eventId: string, commitment: string, secret: string): boolean {
  return toHex(previousSecret(eventId, parseHex(secret, 32, 'secret'))) === commitment
}
