import { randomBytes } from 'node:crypto'
import { keyCheckValue } from './derive-key.ts'

/** One secret of SECRET_KEYS. */
export interface SecretKeyEntry {
  /** 1 to 32 of `A-Za-z0-9_-`. */
  id: string
  /** 32 bytes. */
  secret: Uint8Array
}

const SECRET_BYTES = 32
const NAME_DIGITS = 8
const nameOfNewKey = /^k[0-9a-f]{8}$/
const pair = /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+={0,2})\s*$/

/** Checks SECRET_KEYS and returns it as it is. @throws Error as `readSecretKeys` does */
export function checkSecretKeys(text: string): string {
  readSecretKeys(text)
  return text
}

/**
 * Reads the value of SECRET_KEYS: `id:base64` of 32 bytes, comma-separated, newest first.
 * @throws Error whose message completes "SECRET_KEYS …" and never quotes a secret
 */
export function readSecretKeys(text: string): [SecretKeyEntry, ...SecretKeyEntry[]] {
  const seen = new Set<string>()
  const [first, ...rest] = text.split(',').map((part) => {
    const [, id, encoded] = pair.exec(part) ?? []
    if (id === undefined || encoded === undefined)
      throw new Error('must be id:base64 pairs separated by commas, newest first.')
    if (seen.has(id)) throw new Error(`names the key "${id}" twice.`)
    seen.add(id)
    const secret = Buffer.from(encoded, 'base64')
    if (secret.length !== SECRET_BYTES)
      throw new Error(`has a key "${id}" of ${secret.length} bytes; it must be ${SECRET_BYTES} bytes.`)
    if (nameOfNewKey.test(id) && id !== keyName(secret))
      throw new Error(`has a key "${id}" whose secret does not belong to this name; copy the key again.`)
    return { id, secret }
  })
  if (!first) throw new Error('is empty.')
  return [first, ...rest]
}

/** The name of a new key: `k` and the first 8 hex digits of its check value. */
export const keyName = (secret: Uint8Array): string =>
  `k${keyCheckValue(secret).toString('hex').slice(0, NAME_DIGITS)}`

/** A new random key with its name, as SECRET_KEYS holds it. */
export function createSecretKey(): string {
  const secret = randomBytes(SECRET_BYTES)
  return `${keyName(secret)}:${secret.toString('base64')}`
}
