import { createPrivateKey, type KeyObject, sign } from 'node:crypto'

/** What precedes the 32 secret bytes in a PKCS #8 Ed25519 key (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

const privateKeys = new WeakMap<Uint8Array, KeyObject>()

/** Once per array that holds a secret: its bytes must not change. */
function toPrivateKey(secretKey: Uint8Array): KeyObject {
  let key = privateKeys.get(secretKey)
  if (!key) {
    key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, secretKey]), format: 'der', type: 'pkcs8' })
    privateKeys.set(secretKey, key)
  }
  return key
}

const SHA256_BYTES = 32

function sha256(data: Uint8Array): Uint8Array {
  const digest = new Uint8Array(SHA256_BYTES)
  Bun.SHA256.hash(data, digest)
  return digest
}

/**
 * SHA-256 and Ed25519 of the runtime, for the functions of @eungmo/draw that accept `{ sha256, sign }`: every
 * registration needs both, and the portable ones take ten times as long. The results are the same bytes,
 * since Ed25519 is deterministic.
 */
export const nativePrimitives = {
  sha256,
  sign: (message: Uint8Array, secretKey: Uint8Array): Uint8Array =>
    sign(null, message, toPrivateKey(secretKey)),
}

/**
 * SHA-256 into one buffer, which every call of the returned function overwrites: a million new buffers would
 * double the cost of a tree. The caller copies a hash before it computes the next.
 */
export function reusableSha256(): (data: Uint8Array) => Uint8Array {
  const digest = new Uint8Array(SHA256_BYTES)
  return (data) => {
    Bun.SHA256.hash(data, digest)
    return digest
  }
}
