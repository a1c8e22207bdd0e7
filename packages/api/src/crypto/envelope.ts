import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import type { EnvelopePurpose, KeyRing, SecretKey } from './key-ring.ts'
import { randomBytes } from './random-bytes.ts'

const VERSION = 2
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** Of a UTF-16 code unit. */
const MAX_UTF8_BYTES = 3

/**
 * Encrypts with AES-256-GCM under the newest key. The envelope consists of version, length and id of the key,
 * a nonce of 12 random bytes, ciphertext and tag. Its head, `purpose` and `context` are authenticated: an
 * envelope that is moved to another row or column no longer opens. A key takes at most 2^31 envelopes of a
 * purpose, so that nonces repeat with a probability below 2^-34.
 */
export function sealEnvelope(
  keys: KeyRing,
  purpose: EnvelopePurpose,
  context: string,
  plain: Uint8Array,
): Uint8Array {
  const { head, key, authenticated } = prepared(keys.newest, purpose)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(authenticated + context))
  return Buffer.concat([head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/**
 * Decrypts an envelope.
 * @throws {Error} when SECRET_KEYS no longer holds its key, or the envelope, its purpose or its context has
 * changed
 */
export function openEnvelope(
  keys: KeyRing,
  purpose: EnvelopePurpose,
  context: string,
  envelope: Uint8Array,
): Buffer {
  const bytes = Buffer.isBuffer(envelope)
    ? envelope
    : Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength)
  const headLength = 2 + (bytes[1] ?? 0)
  if (bytes[0] !== VERSION || bytes.length < headLength + NONCE_BYTES + TAG_BYTES)
    throw new Error('This is not an envelope')
  const { key, authenticated } = prepared(keys.get(bytes.toString('latin1', 2, headLength)), purpose)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(headLength, headLength + NONCE_BYTES))
  decipher.setAAD(asBytes(authenticated + context))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
  const plain = decipher.update(bytes.subarray(headLength + NONCE_BYTES, bytes.length - TAG_BYTES))
  // Throws unless the tag is right, and has no bytes left: the mode is a stream's.
  decipher.final()
  return plain
}

/**
 * Encrypts what is in an envelope again, under the newest key and with a new nonce.
 * @throws {Error} as `openEnvelope` does
 */
export const resealEnvelope = (
  keys: KeyRing,
  purpose: EnvelopePurpose,
  context: string,
  envelope: Uint8Array,
): Uint8Array => sealEnvelope(keys, purpose, context, openEnvelope(keys, purpose, context, envelope))

/** Whether an envelope is under this key. */
export function isSealedWith(key: SecretKey, envelope: Uint8Array): boolean {
  const { head } = prepared(key, 'phone')
  return head.equals(envelope.subarray(0, head.length))
}

/** Reused, since every row of a search needs it; the cipher has copied it when it returns. */
const scratch = Buffer.allocUnsafe(512)

/** The bytes of a text, until the next call. */
function asBytes(text: string): Buffer {
  if (text.length * MAX_UTF8_BYTES > scratch.length) return Buffer.from(text)
  return scratch.subarray(0, scratch.write(text))
}

interface Prepared {
  /** Version, length and id of the key. */
  head: Buffer
  key: KeyObject
  /** The authenticated text up to the context; key ids are ASCII. */
  authenticated: string
}

const preparedKeys = new WeakMap<KeyObject, Prepared>()

/** What does not depend on the envelope, once per key and purpose. */
function prepared(secretKey: SecretKey, purpose: EnvelopePurpose): Prepared {
  const key = secretKey.cipherKey(purpose)
  let found = preparedKeys.get(key)
  if (!found) {
    const id = Buffer.from(secretKey.id, 'latin1')
    const head = Buffer.concat([Buffer.from([VERSION, id.length]), id])
    found = { head, key, authenticated: `${head.toString('latin1')}${purpose}\0` }
    preparedKeys.set(key, found)
  }
  return found
}
