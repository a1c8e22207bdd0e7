import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, test } from 'vitest'
import { parsePhoneNumber } from '../participations/parse-phone-number.ts'
import { hyphenate, maskPhone, showPhone, toE164 } from './phone.ts'

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
    fc.constantFrom('0', '+82', '+820', '82', '+82 ', '+82-0', ''),
    fc.array(fc.tuple(fc.nat(12), fc.constantFrom(' ', '-', '.', '(', ')', '–', '－', '  ')), {
      maxLength: 4,
    }),
  )
  .map(([number, prefix, separators]) => {
    const characters = [...(prefix + number)]
    for (const [at, separator] of separators) if (at > 0) characters.splice(at, 0, separator)
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
    ['010-1234-567', '+82101234567'],
    ['010-123-456', null],
    ['010-12345-6789', null],
    ['+1 212 555 0100', null],
    ['02-120', null],
    ['1588-1234', null],
    ['010-1234-5678 내선 2', null],
    ['tel:010-1234-5678', null],
    ['', null],
    ['0'.repeat(41), null],
  ])('%s is %s, on the page and on the server', (text, e164) => {
    expect(toE164(text)).toBe(e164)
    expect(parsePhoneNumber(text)).toBe(e164)
  })

  test('the light reader of the page and the server agree on any spelling', () => {
    fc.assert(
      fc.property(spelling, (text) => {
        expect(toE164(text)).toBe(parsePhoneNumber(text))
      }),
      { numRuns: 5_000, seed: 1 },
    )
  })

  test('are shown as libphonenumber shows them', () => {
    fc.assert(
      fc.property(spelling, (text) => {
        const e164 = toE164(text)
        if (e164 !== null) expect(showPhone(e164)).toBe(parsePhoneNumberFromString(e164)?.formatNational())
      }),
      { numRuns: 3_000, seed: 2 },
    )
  })

  test('are masked but for the last two digits', () => {
    expect(maskPhone('+821012345678')).toBe('010-****-**78')
    expect(maskPhone('+8223124567')).toBe('02-***-**67')
  })

  test.each([
    ['01', '01'],
    ['0101', '010-1'],
    ['0101234', '010-123-4'],
    ['01012345678', '010-1234-5678'],
    ['0212345678', '02-1234-5678'],
    ['+8210', '+8210'],
  ])('while typing, %s reads %s', (typed, shown) => {
    expect(hyphenate(typed)).toBe(shown)
  })
})
