import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wrapText } from './wrap-text.ts'

/** Ten units per code unit: wide enough to tell lines apart. */
const widthOf = (text: string) => text.length * 10

test('a text breaks at spaces', () => {
  expect(wrapText('겨울맞이 케이크 증정 이벤트', 80, widthOf)).toEqual(['겨울맞이 케이크', '증정 이벤트'])
})

test('a title of 60 syllables without a space breaks inside the word, and none is cut', () => {
  const title = '가나다라마바사아자차'.repeat(6)
  const lines = wrapText(title, 190, widthOf)
  expect(lines).toHaveLength(4)
  expect(lines.join('')).toBe(title)
})

test('an emoji of several code points is never broken', () => {
  expect(wrapText('가나👨‍👩‍👧', 90, widthOf)).toEqual(['가나', '👨‍👩‍👧'])
})

test('every line fits, and every character is there once', () => {
  const words = fc.array(fc.stringMatching(/^[가-힣a-z]{1,40}$/), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(words, fc.integer({ min: 10, max: 300 }), (list, maxWidth) => {
      const lines = wrapText(list.join(' '), maxWidth, widthOf)
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(maxWidth)
      expect(lines.join('').replaceAll(' ', '')).toBe(list.join(''))
    }),
    { numRuns: 300, seed: 1 },
  )
})
