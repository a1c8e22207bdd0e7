import { hkdfSync } from 'node:crypto'

const CHECK_VALUE_BYTES = 16

/** `bytes` bytes for one purpose: HKDF-SHA256 (RFC 5869) of a secret, no salt, info `eungmo/<purpose>/1`. */
export const deriveKey = (secret: Uint8Array, purpose: string, bytes = 32): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `eungmo/${purpose}/1`, bytes))

/** 16 bytes by which a secret is recognised, and which reveal nothing of it or of the keys derived from it. */
export const keyCheckValue = (secret: Uint8Array): Buffer => deriveKey(secret, 'check', CHECK_VALUE_BYTES)
