import { ed25519 } from '@noble/curves/ed25519.js'
import { isHex, parseHex, toHex } from '../encoding/hex.ts'
import { taggedBytes } from '../encoding/preimage.ts'

/** What a signature is for; a receipt's can never pass for a record's. */
export type SignatureTag = 'sig' | 'receipt'

/**
 * Ed25519 (RFC 8032): signs a message with the 32 secret bytes of a key. Returns 64 bytes, the same every
 * time.
 */
export type Ed25519Sign = (message: Uint8Array, secretKey: Uint8Array) => Uint8Array

/** Where a function signs with an Ed25519 of the caller's choice. */
export interface SignOptions {
  /**
   * Defaults to the portable one (@noble/curves). The native one of Bun and Node is about ten times as
   * fast.
   */
  readonly sign?: Ed25519Sign
}

/**
 * The public key of an operator, in hex, from the 32 secret bytes of an Ed25519 key (RFC 8032).
 * @example
 * import { operatorKeyOf } from '@eungmo/draw/records'
 *
 * operatorKeyOf(new Uint8Array(32)).slice(0, 16) // => '3b6a27bcceb6a42d'
 */
export function operatorKeyOf(secretKey: Uint8Array): string {
  return toHex(ed25519.getPublicKey(secretKey))
}

/**
 * Signs a record: Ed25519 over T("sig") || recordHash, in hex.
 * @throws {RangeError} unless `recordHash` is 64 lowercase hex digits
 * @example
 * import { isRecordSignature, operatorKeyOf, signRecordHash } from '@eungmo/draw/records'
 *
 * const secretKey = crypto.getRandomValues(new Uint8Array(32))
 * const hash = 'ab'.repeat(32)
 * isRecordSignature(operatorKeyOf(secretKey), hash, signRecordHash(secretKey, hash)) // => true
 */
export function signRecordHash(secretKey: Uint8Array, recordHash: string, options?: SignOptions): string {
  return signHash(secretKey, 'sig', parseHex(recordHash, 32, 'recordHash'), options)
}

/**
 * Whether a record's signature is the operator's. Never throws.
 * @example
 * import { isRecordSignature } from '@eungmo/draw/records'
 *
 * isRecordSignature('00'.repeat(32), 'ab'.repeat(32), '00'.repeat(64)) // => false
 */
export function isRecordSignature(operatorKey: string, recordHash: string, signature: string): boolean {
  return (
    isHex(recordHash, 32) &&
    isSignature(operatorKey, 'sig', parseHex(recordHash, 32, 'recordHash'), signature)
  )
}

/** Ed25519 over T(tag) || hash, in hex. */
export function signHash(
  secretKey: Uint8Array,
  tag: SignatureTag,
  hash: Uint8Array,
  { sign = ed25519.sign }: SignOptions = {},
): string {
  return toHex(sign(taggedBytes(tag, [hash]), secretKey))
}

/** Checks as RFC 8032 says: cofactorless, one encoding of each point and scalar. Never throws. */
export function isSignature(
  publicKey: string,
  tag: SignatureTag,
  hash: Uint8Array,
  signature: string,
): boolean {
  if (!isHex(publicKey, 32) || !isHex(signature, 64)) return false
  try {
    return ed25519.verify(
      parseHex(signature, 64, 'signature'),
      taggedBytes(tag, [hash]),
      parseHex(publicKey, 32, 'publicKey'),
      { zip215: false },
    )
  } catch {
    return false // the key is not a point of the curve
  }
}
