import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { KeyPurpose, KeyRing } from './key-ring.ts'
import { randomBytes } from './random-bytes.ts'

const version = 1
const nonceLength = 12
const tagLength = 16

/**
 * Encrypts with AES-256-GCM under the newest key. The box is version, length and id of the key, 12 random bytes, ciphertext
 * and tag; its head and `context` are authenticated, so that a box moved to another row no longer opens.
 */
export function seal(keys: KeyRing, purpose: KeyPurpose, context: string, plain: Uint8Array): Uint8Array {
  const key = keys.newest
  const head = Buffer.concat([Buffer.from([version, key.id.length]), Buffer.from(key.id, 'latin1')])
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key.derive(purpose), nonce)
  cipher.setAAD(Buffer.concat([head, Buffer.from(`${purpose}\0${context}`)]))
  return Buffer.concat([head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `seal` made; throws when the key is gone, or the box or its context is not the one that was sealed. */
export function open(keys: KeyRing, purpose: KeyPurpose, context: string, box: Uint8Array): Uint8Array {
  const bytes = Buffer.from(box.buffer, box.byteOffset, box.byteLength)
  const headLength = 2 + (bytes[1] ?? 0)
  if (bytes[0] !== version || bytes.length < headLength + nonceLength + tagLength)
    throw new Error('This is not a sealed value')
  const head = bytes.subarray(0, headLength)
  const key = keys.get(head.subarray(2).toString('latin1'))
  const nonce = bytes.subarray(headLength, headLength + nonceLength)
  const decipher = createDecipheriv('aes-256-gcm', key.derive(purpose), nonce)
  decipher.setAAD(Buffer.concat([head, Buffer.from(`${purpose}\0${context}`)]))
  decipher.setAuthTag(bytes.subarray(bytes.length - tagLength))
  return Buffer.concat([
    decipher.update(bytes.subarray(headLength + nonceLength, bytes.length - tagLength)),
    decipher.final(),
  ])
}
