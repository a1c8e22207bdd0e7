import { bls12_381 } from '@noble/curves/bls12-381.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { parseHex, toHex } from '../encoding/hex.ts'
import { u64 } from '../encoding/preimage.ts'
import { type BeaconChain, QUICKNET } from './beacon-chain.ts'

const SIGNATURE_BYTES = 48
const DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'

/**
 * Whether `signature` is the chain's signature of a round, in its one accepted encoding: exactly 48 bytes in lowercase
 * hex, no infinity, in the subgroup, and the decoded point encodes to the same bytes again. About 15 ms. Never throws.
 */
export function verifyBeacon(round: number, signature: string, chain: BeaconChain = QUICKNET): boolean {
  if (!Number.isSafeInteger(round)) return false
  const { shortSignatures } = bls12_381
  try {
    const point = shortSignatures.Signature.fromBytes(parseHex(signature, SIGNATURE_BYTES, 'signature'))
    if (point.is0() || toHex(point.toBytes(true)) !== signature) return false
    point.assertValidity()
    const message = shortSignatures.hash(sha256(u64(round)), DOMAIN)
    return shortSignatures.verify(point, message, parseHex(chain.publicKey, 96, 'publicKey'))
  } catch {
    return false // text that is no hex of 48 bytes, or bytes that are no point of the subgroup, are no signature
  }
}

/** A round's randomness as drand publishes it: SHA-256 of the signature, in hex. */
export function randomnessOf(signature: string): string {
  return toHex(sha256(parseHex(signature, SIGNATURE_BYTES, 'signature')))
}
