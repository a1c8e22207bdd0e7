import { randomFillSync } from 'node:crypto'
import {
  applicationAlphabet,
  applicationBodyLength,
  checkCharacter,
  showApplicationNumber,
} from '../rules/application-number.ts'

const base = applicationAlphabet.length
/** Bytes from here on would make the first characters likelier. */
const unbiasedBelow = 256 - (256 % base)
const pool = new Uint8Array(4096)
let next = pool.length

function randomByte(): number {
  if (next >= pool.length) {
    randomFillSync(pool)
    next = 0
  }
  const byte = pool[next] ?? 255
  pool[next++] = 0
  return byte
}

/** A new application number of 34 random bits: no number tells another. */
export function makeApplicationNumber(): string {
  let body = ''
  while (body.length < applicationBodyLength) {
    const byte = randomByte()
    if (byte < unbiasedBelow) body += applicationAlphabet.charAt(byte % base)
  }
  return showApplicationNumber(body + checkCharacter(body))
}
