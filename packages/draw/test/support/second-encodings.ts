import { bls12_381 } from '@noble/curves/bls12-381.js'

const P = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn
const FLAGS = 7n << 381n

/**
 * Other bytes that lenient decoders accept as the same point of G1: x + p where it fits, and the 96-byte
 * form.
 */
export function secondEncodings(signature: string): [string, string][] {
  const encodings: [string, string][] = []
  const value = BigInt(`0x${signature}`)
  const x = value & ~FLAGS
  if (x + P < 1n << 381n) encodings.push(['x + p', ((value & FLAGS) | (x + P)).toString(16)])
  const point = bls12_381.G1.Point.fromHex(signature)
  encodings.push(['96 bytes', point.toHex(false)])
  return encodings
}
