import { assemble, disassemble } from 'es-hangul'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createNameMatcher } from './match-name.ts'

fc.configureGlobal({ seed: 20261126 })

const RUNS = 500

test.each([
  ['하늘', '김하늘'],
  ['김하늘', '김 하늘'],
  ['김 하', '김하늘'],
  ['ㄱㅎㄴ', '김하늘'],
  ['ㅎㄴ', '김 하늘'],
  ['김ㅎㄴ', '김하늘'],
  ['ㄱ하늘', '김 하늘'],
  // What a keyboard shows on the way to 김하늘, 희수, 김사라 and 과장.
  ['기', '김하늘'],
  ['김한', '김하늘'],
  ['흐', '희수'],
  ['ㄳㄹ', '김사라'],
  ['고', '과장'],
  ['KIM', 'Minsu Kim'],
  ['ＫＩＭ', 'Minsu Kim'],
  ['kim', 'Ｍｉｎｓｕ Ｋｉｍ'],
  ['\u1100\u1175\u11b7', '김하늘'],
  ['\u1112\u1102', '김하늘'],
  ['\u1100', '\u1100\u0000'],
  ['%_', '100%_할인'],
  ['(a-b)*', '(A-b)*'],
  ['\u{1f600}', '\u{1f600}웃음'],
])('%j finds %j', (part, name) => expect(createNameMatcher(part)(name)).toBe(true))

test.each([
  ['ㄱㄴ', '김하늘'],
  ['하날', '김하늘'],
  ['김한울', '김하늘'],
  ['하느', '김하나'],
  ['ㄲㅎ', '김하늘'],
  ['%', '김하늘'],
  ['.', '김하늘'],
  ['ㅏ', '김하늘'],
])('%j does not find %j', (part, name) => expect(createNameMatcher(part)(name)).toBe(false))

const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCharCode(code))
/** Syllables that are typed by the same keys often meet each other. */
const similar = fc.constantFrom(...'가각갂갃간갉갊갈감고과괘괴곽긔그극나낙아악않안하한핞닭다달까깎꽃')
const hangul = (maxLength: number) => fc.array(fc.oneof(similar, syllable), { minLength: 1, maxLength })
const spaces = fc.constantFrom('', '', ' ', '  ')

test('every text that a keyboard shows on the way to a part of a name finds the name', () => {
  fc.assert(
    fc.property(hangul(5), fc.nat(4), fc.nat(30), spaces, (syllables, from, keyCount, space) => {
      const part = syllables.slice(Math.min(from, syllables.length - 1)).join('')
      const keys = [...disassemble(part)]
      const typed = assemble(keys.slice(0, 1 + (keyCount % keys.length)))
      expect(createNameMatcher(typed)(syllables.join(space)), typed).toBe(true)
    }),
    { numRuns: RUNS },
  )
})

test('a text of whole syllables finds exactly the names in which its keys begin at a syllable', () => {
  fc.assert(
    fc.property(hangul(4), hangul(3), (name, typed) => {
      const keys = disassemble(typed.join(''))
      const isTyped = name.some((_, at) => disassemble(name.slice(at).join('')).startsWith(keys))
      expect(createNameMatcher(typed.join(''))(name.join(''))).toBe(isTyped)
    }),
    { numRuns: RUNS },
  )
})

test('initial consonants find exactly the names that have them in a row', () => {
  const initials = fc.array(fc.constantFrom(...'ㄱㄲㄴㅇㅎ'), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(hangul(4), initials, (name, sought) => {
      const initialsOfName = name.map((each) => disassemble(each).charAt(0)).join('')
      expect(createNameMatcher(sought.join(''))(name.join(''))).toBe(initialsOfName.includes(sought.join('')))
    }),
    { numRuns: RUNS },
  )
})

test('any text finds itself, and no text is an invalid pattern', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((each) => /\S/.test(each))
  fc.assert(
    fc.property(text, (each) => {
      expect(createNameMatcher(each)(each.normalize('NFC'))).toBe(true)
    }),
    { numRuns: RUNS },
  )
})
