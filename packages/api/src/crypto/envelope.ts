import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { EnvelopePurpose, KeyRing } from './key-ring.ts'
import { randomBytes } from './random-bytes.ts'

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts with AES-256-GCM under the newest key. The envelope consists of version, length and id of the key,
 * a nonce of 12 random bytes, ciphertext and tag. Its head and `context` are authenticated: an envelope that
 * is moved to another row no longer opens.
 */
export function sealEnvelope(
  keys: KeyRing,
  purpose: EnvelopePurpose,
  context: string,
  plain: Uint8Array,
): Uint8Array {
  const key = keys.newest
  const head = Buffer.concat([Buffer.from([VERSION, key.id.length]), Buffer.from(key.id, 'latin1')])
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key.cipherKey(purpose), nonce)
  cipher.setAAD(Buffer.concat([head, Buffer.from(`${purpose}\0${context}`)]))
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
): Uint8Array {
  const bytes = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength)
  const headLength = 2 + (bytes[1] ?? 0)
  if (bytes[0] !== VERSION || bytes.length < headLength + NONCE_BYTES + TAG_BYTES)
    throw new Error('This is not an envelope')
  const head = bytes.subarray(0, headLength)
  const key = keys.get(head.subarray(2).toString('latin1'))
  const nonce = bytes.subarray(headLength, headLength + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key.cipherKey(purpose), nonce)
  decipher.setAAD(Buffer.concat([head, Buffer.from(`${purpose}\0${context}`)]))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
  return Buffer.concat([
    decipher.update(bytes.subarray(headLength + NONCE_BYTES, bytes.length - TAG_BYTES)),
    decipher.final(),
  ])
}
