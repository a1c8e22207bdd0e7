import { parseHex, toHex } from '../encoding/hex.ts'
import { shortAscii, taggedHash } from '../encoding/preimage.ts'

/** The length of a chain in the product: one secret for each attempt that an event can have. */
export const CHAIN_LENGTH = 256

/** The secrets of all attempts of an event, committed by one hash before the first entry. */
export interface SeedChain {
  /** s_0, the `seedCommitment` of the rules record, in hex. */
  readonly commitment: string
  readonly length: number
  /** s_attempt, the `serverSeed` of that attempt's lock record, in hex. @throws {RangeError} beyond the length. */
  secretFor(attempt: number): string
}

/**
 * The chain whose last secret is `lastSecret` (s_256): s_(i-1) = H(T("chain") || S(eventId) || s_i). Whoever knows s_i
 * knows every earlier secret and no later one.
 * @param lastSecret 32 bytes from Crypto.randomBytes or getRandomValues; store it encrypted, never log it
 * @param length number of attempts, 1 to 256
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
export function previousSecret(eventId: string, secret: Uint8Array): Uint8Array {
  return taggedHash('chain', [shortAscii(eventId, 'eventId'), secret])
}

/** Whether `secret` (s_i) is what `commitment` (s_(i-1)) committed to; both 64 hex digits. */
export function opensCommitment(eventId: string, commitment: string, secret: string): boolean {
  return toHex(previousSecret(eventId, parseHex(secret, 32, 'secret'))) === commitment
}
