/**
 * Korean numbers by their national digits (without the leading 0), as Google's libphonenumber has them: mobile, landline, and
 * internet telephones (070). Pure and light, for the entry page; the server's own reader is dependencies/parse-phone-number.ts, and
 * a property test holds the two together.
 */
const patterns = [
  /^1(?:05(?:[0-8]\d|9[0-6])|22[13]\d)\d{4,5}$/,
  /^1(?:0[0-46-9]|[16-9]\d|2[013-9])\d{6,7}$/,
  /^(?:2|3[1-3]|[46][1-4]|5[1-5])[1-9]\d{6,7}$/,
  /^70\d{8}$/,
]

const separators = /[\s\-‐‑‒–—―.·()（）－]/gu
const maxLength = 40

/** Digits with an optional plus in front, from any usual spelling; null when something else is in it. */
export function phoneDigits(text: string): string | null {
  if (text.length > maxLength) return null
  const digits = text.normalize('NFKC').replace(separators, '')
  return /^\+?\d+$/.test(digits) ? digits : null
}

/** The E.164 number of a Korean phone number in any usual spelling; null when it is none. */
export function toE164(text: string): string | null {
  const digits = phoneDigits(text)
  if (digits === null) return null
  const [, national] = /^(?:\+?82|(?=0))0?(\d+)$/.exec(digits) ?? []
  if (national === undefined || !patterns.some((pattern) => pattern.test(national))) return null
  return `+82${national}`
}

/** The groups of a Korean number as it is written: 010-1234-5678, 02-123-4567, 031-123-4567. */
function groups(e164: string): [area: string, middle: string, last: string] {
  const national = `0${e164.slice(3)}`
  const areaLength = national.startsWith('02') ? 2 : 3
  return [national.slice(0, areaLength), national.slice(areaLength, -4), national.slice(-4)]
}

/** `+821012345678` shown the Korean way, 010-1234-5678. */
export const showPhone = (e164: string): string => groups(e164).join('-')

/** Shown to the public: `010-****-**78`. */
export function maskPhone(e164: string): string {
  const [area, middle, last] = groups(e164)
  return `${area}-${'*'.repeat(middle.length)}-**${last.slice(2)}`
}

/** What is shown while one types: hyphens where a Korean reader expects them, everything else as typed. */
export function hyphenate(text: string): string {
  const digits = text.replace(/\D/g, '')
  if (!digits.startsWith('0') || /[^\d\s-]/.test(text)) return text
  const area = digits.startsWith('02') ? 2 : 3
  const rest = digits.slice(area)
  if (rest === '') return digits
  if (rest.length <= 3) return `${digits.slice(0, area)}-${rest}`
  const middle = rest.length <= 7 ? 3 : 4
  return `${digits.slice(0, area)}-${rest.slice(0, middle)}-${rest.slice(middle)}`
}
