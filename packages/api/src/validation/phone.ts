/**
 * Korean phone numbers, for the entry page, the owner's pages and the server alike. No imports and no
 * metadata, so that it weighs little in a browser; its test compares it with libphonenumber.
 */

/**
 * National digits without the leading 0: 010, other mobile prefixes, landlines, and internet telephony (070).
 */
const national =
  /^(10([0-46-9]\d\d|5([0-8]\d|9[0-6]))\d{5}|1(22[13]\d{5,6}|([16-9]\d|2[013-9])\d{6,7})|(2|3[1-3]|[46][1-4]|5[1-5])[1-9]\d{6,7}|70\d{8})$/

const MAX_TYPED_LENGTH = 40

/** Direction marks and other invisible characters, which numbers copied from an address book carry. */
const invisible = /\p{Cf}/gu
// NFKC turns full-width digits, hyphens and brackets into ASCII; U+2010 to U+2015 are the other hyphens and
// dashes.
const separators = /[\s\-\u2010-\u2015.·()]/g
/** The prefix of a call within Korea, or of one from abroad: 0, +82, 82 where the plus got lost, 0082. */
const prefix = /^(?:(?:\+|00)?82|(?=0))0?/

export type PhoneError = 'phone.invalid' | 'phone.safe_number'

/**
 * The E.164 number of a Korean mobile, landline or 070 number in any usual spelling, or what is wrong with
 * it: `phone.safe_number` for one of the 050 numbers that stand for another number for a while. A 010 number
 * has exactly eight digits after its prefix.
 * @example parsePhone('0507-1234-5678') // => { error: 'phone.safe_number' }
 */
export function parsePhone(
  text: string,
): { e164: string; error?: undefined } | { e164?: undefined; error: PhoneError } {
  const digits = text.normalize('NFKC').replace(invisible, '').replace(separators, '')
  const rest = digits.replace(prefix, '')
  if (text.length > MAX_TYPED_LENGTH || rest === digits) return { error: 'phone.invalid' }
  if (national.test(rest)) return { e164: `+82${rest}` }
  return { error: /^50\d{9}$/.test(rest) ? 'phone.safe_number' : 'phone.invalid' }
}

/**
 * The E.164 number of a Korean mobile, landline or 070 number in any usual spelling; null for anything else.
 * @example toE164('010-1234-5678') // => '+821012345678'
 */
export const toE164 = (text: string): string | null => parsePhone(text).e164 ?? null

/**
 * An E.164 number of Korea the way Koreans write it.
 * @example displayPhone('+821012345678') // => '010-1234-5678'
 */
export function displayPhone(e164: string): string {
  const national = `0${e164.slice(3)}`
  const areaLength = national.startsWith('02') ? 2 : 3
  return [national.slice(0, areaLength), national.slice(areaLength, -4), national.slice(-4)].join('-')
}

/**
 * A displayed number as an API key sees it that may not export: the digits after the first group are hidden, except for the last
 * two.
 * @example maskPhone('010-1234-5678') // => '010-****-**78'
 */
export function maskPhone(displayed: string): string {
  const hiddenFrom = displayed.indexOf('-') + 1
  return (
    displayed.slice(0, hiddenFrom) + displayed.slice(hiddenFrom, -2).replace(/\d/g, '*') + displayed.slice(-2)
  )
}

/**
 * A displayed number as its shop sees it: its middle is hidden.
 * @example maskPhoneForShop('010-1234-5678') // => '010-••••-5678'
 */
export function maskPhoneForShop(displayed: string): string {
  const [head = '', middle = '', tail = ''] = displayed.split('-')
  return `${head}-${'•'.repeat(middle.length)}-${tail}`
}

/**
 * Adds hyphens as a Korean number is written (`010-1234-5678`, `02-345-6789`), also to one typed in part. It
 * never changes which number is meant: no digit is dropped, and what starts with a country code, or holds
 * anything else than digits and separators, stays as it was typed.
 */
export function formatAsTyped(typed: string): string {
  const text = typed.normalize('NFKC').replace(invisible, '')
  const digits = text.replace(separators, '')
  if (!/^(?!00|82)\d*$/.test(digits)) return text
  const head = /^02/.test(digits) ? 2 : /^050/.test(digits) ? 4 : 3
  const middle = head + (/^010/.test(digits) || digits.length > head + 7 ? 4 : 3)
  return [digits.slice(0, head), digits.slice(head, middle), digits.slice(middle)].filter(Boolean).join('-')
}

/** Like `formatAsTyped`, and returns where the caret belongs: after the same number of digits as before. */
export function formatAtCaret(typed: string, caret: number): { value: string; caret: number } {
  const value = formatAsTyped(typed)
  // At the end of a group the caret stays in front of the hyphen, unless it was at the end of all.
  if (caret === typed.length) return { value, caret: value.length }
  const before = typed.slice(0, caret).normalize('NFKC').match(/[\d+]/g)?.length ?? 0
  let position = 0
  for (let seen = 0; position < value.length && seen < before; position++)
    if (/[\d+]/.test(value.charAt(position))) seen++
  return { value, caret: position }
}
