import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, test } from 'vitest'
import { displayPhone, formatAsTyped, formatAtCaret, parsePhone, toE164 } from './phone.ts'

const acceptedTypes = new Set(['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE', 'VOIP'])

/**
 * What libphonenumber accepts as a Korean mobile, landline or 070 number, with our exceptions: direction marks
 * and separators, a country code without its plus, nothing before or behind the number, and no number that a
 * person cannot have.
 */
function parseWithLibrary(text: string): string | null {
  const digits = text.normalize('NFKC').replace(/[\p{Cf}\s\-‐‑‒–—―.·()（）－]/gu, '')
  if (!/^(?:\+?82|0082|0)\d+$/.test(digits)) return null
  const phone = parsePhoneNumberFromString(digits.replace(/^(?:00)?82/, '+82'), {
    defaultCountry: 'KR',
    extract: false,
  })
  if (phone?.country !== 'KR' || !phone.isValid() || phone.carrierCode !== undefined) return null
  // Shorter ones are a city's service lines (02-120), which no person has.
  if (phone.nationalNumber.length < 8) return null
  // The library's pattern for mobile numbers allows seven digits after 010; Korea has never assigned such a
  // number.
  if (phone.nationalNumber.startsWith('10') && phone.nationalNumber.length !== 10) return null
  return acceptedTypes.has(phone.getType() ?? '') ? phone.number : null
}

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(''))

/** National numbers around what Korea uses: right ones, wrong areas, too short, too long. */
const national = fc
  .tuple(
    fc.constantFrom(
      '10',
      '11',
      '12',
      '16',
      '17',
      '19',
      '105',
      '122',
      '2',
      '31',
      '32',
      '33',
      '41',
      '44',
      '51',
      '55',
      '61',
      '70',
      '50',
      '80',
      '60',
      '15',
      '34',
      '9',
    ),
    fc.integer({ min: 5, max: 10 }).chain(digits),
  )
  .map(([area, rest]) => area + rest)

const spelling = fc
  .tuple(
    national,
    fc.constantFrom('0', '+82', '+820', '82', '820', '0082', '00820', '+82 ', '+82-0', '+0082', '0820', ''),
    fc.array(
      fc.tuple(
        fc.nat(12),
        fc.constantFrom(' ', '-', '.', '(', ')', '–', '－', '  ', '\u202d', '\u202c', '\u2068', '\u200e'),
      ),
      { maxLength: 4 },
    ),
  )
  .map(([number, prefix, separators]) => {
    const characters = [...(prefix + number)]
    for (const [at, separator] of separators) characters.splice(at, 0, separator)
    return characters.join('')
  })

describe('phone numbers', () => {
  test.each([
    ['010-1234-5678', '+821012345678'],
    ['01012345678', '+821012345678'],
    ['+82 10-1234-5678', '+821012345678'],
    ['+82 (0)10 1234 5678', '+821012345678'],
    ['８２－１０－１２３４－５６７８', '+821012345678'],
    [' 010.1234.5678 ', '+821012345678'],
    ['011-234-5678', '+82112345678'],
    ['02-123-4567', '+8221234567'],
    ['02-012-4567', null],
    ['02-3123-4567', '+82231234567'],
    ['031-312-4567', '+82313124567'],
    ['070-8123-4567', '+827081234567'],
    ['031 123 4567', '+82311234567'],
    ['02-345-6789', '+8223456789'],
    ['821012345678', '+821012345678'],
    ['82 10 1234 5678', '+821012345678'],
    ['0082 10-1234-5678', '+821012345678'],
    ['\u202d+82 10-1234-5678\u202c', '+821012345678'],
    ['\u2068010-1234-5678\u2069', '+821012345678'],
    ['\u200e010-1234-5678', '+821012345678'],
    ['010-123-4567', null],
    ['010123456781', null],
    ['+0082 10-1234-5678', null],
    ['010-1234-567', null],
    ['010-123-456', null],
    ['010-1234-56789', null],
    ['12345678', null],
    ['abc', null],
    ['010-12345-6789', null],
    ['+1 212 555 0100', null],
    ['02-120', null],
    ['1588-1234', null],
    ['010-1234-5678 내선 2', null],
    ['tel:010-1234-5678', null],
    ['', null],
    ['0'.repeat(41), null],
  ])('%s is %s, here and for libphonenumber', (text, e164) => {
    expect(toE164(text)).toBe(e164)
    if (text.length <= 40) expect(parseWithLibrary(text)).toBe(e164)
  })

  test('are accepted exactly where libphonenumber accepts them, in any spelling', () => {
    fc.assert(
      fc.property(spelling, (text) => {
        expect(toE164(text)).toBe(parseWithLibrary(text))
      }),
      { numRuns: 5_000, seed: 1 },
    )
  })

  test('are displayed as libphonenumber displays them', () => {
    fc.assert(
      fc.property(spelling, (text) => {
        const e164 = toE164(text)
        if (e164 !== null) expect(displayPhone(e164)).toBe(parsePhoneNumberFromString(e164)?.formatNational())
      }),
      { numRuns: 3_000, seed: 2 },
    )
  })

  test.each([
    ['', ''],
    ['01', '01'],
    ['010', '010'],
    ['0101', '010-1'],
    ['0101234', '010-1234'],
    ['01012345678', '010-1234-5678'],
    ['010-1234-56789', '010-1234-56789'],
    ['010123456781', '010-1234-56781'],
    ['821012345678', '821012345678'],
    ['82 10 1234 5678', '82 10 1234 5678'],
    ['0082 10-1234-5678', '0082 10-1234-5678'],
    ['\u202d+82 10-1234-5678\u202c', '+82 10-1234-5678'],
    ['\u2068010-1234-5678\u2069', '010-1234-5678'],
    ['010-1234-5678 내선 2', '010-1234-5678 내선 2'],
    ['0112345678', '011-234-5678'],
    ['0212345678', '02-1234-5678'],
    ['021234567', '02-123-4567'],
    ['0311234567', '031-123-4567'],
    ['050212345678', '0502-1234-5678'],
    ['０１０１２３４', '010-1234'],
    ['+8210', '+8210'],
    ['+82 10-1234', '+82 10-1234'],
  ])('while typing, %s becomes %s', (typed, shown) => {
    expect(formatAsTyped(typed)).toBe(shown)
  })

  test('mean the same before and after hyphens are added', () => {
    fc.assert(
      fc.property(fc.oneof(spelling, fc.string({ unit: 'grapheme', maxLength: 20 })), (text) => {
        const shown = formatAsTyped(text)
        expect(parsePhone(shown)).toEqual(parsePhone(text))
        expect(formatAsTyped(shown)).toBe(shown)
      }),
      { numRuns: 5_000, seed: 4 },
    )
  })

  test('that forward to another number for a while (050) are rejected by name', () => {
    for (const text of ['0507-1234-5678', '050212345678', '+82 507 1234 5678'])
      expect(parsePhone(text)).toEqual({ error: 'phone.safe_number' })
    for (const text of ['0507-1234-567', '0507-1234-56789', '050-1234-5678'])
      expect(parsePhone(text)).toEqual({ error: 'phone.invalid' })
  })

  test('keep the caret behind the same digit while typing', () => {
    expect(formatAtCaret('010-12345-678', 9)).toEqual({ value: '010-1234-5678', caret: 10 })
    expect(formatAtCaret('0109-1234-567', 4)).toEqual({ value: '010-9123-4567', caret: 5 })
    expect(formatAtCaret('0101', 4)).toEqual({ value: '010-1', caret: 5 })
    expect(formatAtCaret('10-1234-5678', 0)).toEqual({ value: '101-234-5678', caret: 0 })
    expect(formatAtCaret('+82 10-1234', 5)).toEqual({ value: '+82 10-1234', caret: 5 })
  })
})
