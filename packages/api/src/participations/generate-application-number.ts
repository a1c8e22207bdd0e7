import { randomBytes } from '../crypto/random-bytes.ts'
import {
  APPLICATION_NUMBER_ALPHABET,
  checkCharacter,
  formatApplicationNumber,
  RANDOM_LENGTH,
} from '../validation/application-number.ts'

const BASE = APPLICATION_NUMBER_ALPHABET.length
/** Bytes from here on would make the first characters more likely. */
const UNBIASED_BELOW = 256 - (256 % BASE)

/** A new application number of 34 random bits: no number reveals another. */
export function generateApplicationNumber(): string {
  let body = ''
  while (body.length < RANDOM_LENGTH)
    for (const byte of randomBytes(RANDOM_LENGTH - body.length))
      if (byte < UNBIASED_BELOW) body += APPLICATION_NUMBER_ALPHABET.charAt(byte % BASE)
  return formatApplicationNumber(body + checkCharacter(body))
}
