import { randomBytes } from '../crypto/random-bytes.ts'
import {
  applicationAlphabet,
  applicationBodyLength,
  checkCharacter,
  showApplicationNumber,
} from '../validation/application-number.ts'

const base = applicationAlphabet.length
/** Bytes from here on would make the first characters likelier. */
const unbiasedBelow = 256 - (256 % base)
/** A new application number of 34 random bits: no number tells another. */
export function makeApplicationNumber(): string {
  let body = ''
  while (body.length < applicationBodyLength)
    for (const byte of randomBytes(applicationBodyLength - body.length))
      if (byte < unbiasedBelow) body += applicationAlphabet.charAt(byte % base)
  return showApplicationNumber(body + checkCharacter(body))
}
