import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { phoneDigits } from '../validation/phone.ts'

const accepted = new Set(['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE', 'VOIP'])
/** Shorter ones are a city's service lines (02-120), which nobody owns. */
const shortestNational = 8

/** The E.164 number of a Korean mobile, landline or 070 number in any usual spelling; null when it is none. */
export function parsePhoneNumber(text: string): string | null {
  const digits = phoneDigits(text)
  if (digits === null || !/^(?:\+82|82|0)/.test(digits)) return null
  const phone = parsePhoneNumberFromString(digits.startsWith('82') ? `+${digits}` : digits, {
    defaultCountry: 'KR',
    extract: false,
  })
  if (phone?.country !== 'KR' || !phone.isValid() || phone.ext !== undefined) return null
  if (phone.nationalNumber.length < shortestNational || phone.carrierCode !== undefined) return null
  return accepted.has(phone.getType() ?? '') ? phone.number : null
}
