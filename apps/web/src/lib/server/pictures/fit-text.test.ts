import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FittedText, fitText, heightOf, type TextBox } from './fit-text.ts'

/** Each character is as wide as the size. */
const renderer = { widthOf: (text: string, { sizePx }: { sizePx: number }) => text.length * sizePx }
const box: TextBox = { width: 1_000, height: 600, maxLines: 3, maxPx: 200, minPx: 20, weight: 700 }
const fitted = (text: string, changes: Partial<TextBox> = {}) =>
  fitText(text, { ...box, ...changes }, renderer)

test('a short title has the largest size', () => {
  expect(fitted('경품')).toMatchObject({ lines: ['경품'], sizePx: 200 })
})

test('a longer title shrinks until it fits in three lines, and its lines are about equally long', () => {
  const { lines, sizePx } = fitted('겨울 케이크 증정 이벤트 모두 오세요')
  expect(lines).toEqual(['겨울 케이크', '증정 이벤트', '모두 오세요'])
  expect(sizePx).toBe(163)
})

test('a long word shrinks the whole title rather than being broken', () => {
  const word = '가나다라마바사아자차카타파하'
  const { lines, sizePx } = fitted(`${word} 증정`)
  expect(lines).toEqual([word, '증정'])
  expect(sizePx).toBe(Math.floor(1_000 / word.length))
})

test('a title of 60 syllables without a space breaks between syllables, in the largest size for that', () => {
  const title = '가'.repeat(60)
  const { lines, sizePx } = fitted(title, { minPx: 30 })
  expect(lines).toEqual(Array(3).fill('가'.repeat(20)))
  expect(sizePx).toBe(50)
})

test('emoji, which no picture draws, take no line and no room', () => {
  expect(fitted('🎁 경품 🎁')).toMatchObject({ lines: ['경품'], sizePx: 200 })
  expect(fitted('🎁🎁').lines).toEqual([''])
})

test('what does not fit at the smallest size has more lines, and nothing is cut', () => {
  const { lines, sizePx } = fitted('가'.repeat(300))
  expect(sizePx).toBe(20)
  expect(lines.join('')).toBe('가'.repeat(300))
})

test('every line fits, no word is broken that need not be, and no larger size would do', () => {
  const words = fc.array(fc.stringMatching(/^[가-힣a-z]{1,30}$/), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(words, (list) => {
      const text = list.join(' ')
      const found = fitted(text)
      const { lines, sizePx } = found
      for (const line of lines) expect(renderer.widthOf(line, { sizePx })).toBeLessThanOrEqual(box.width)
      expect(lines.join('').replaceAll(' ', '')).toBe(list.join(''))
      const isWhole = lines.join(' ') === text
      const hasRoom = (other: FittedText) =>
        other.lines.length <= box.maxLines && heightOf(other) <= box.height
      const isGood = (other: FittedText) => hasRoom(other) && other.lines.join(' ') === text
      const at = (size: number) => fitted(text, { minPx: size, maxPx: size })
      if (!hasRoom(found)) expect(sizePx).toBe(box.minPx)
      else if (!isWhole) expect(isGood(at(box.minPx))).toBe(false)
      else if (sizePx < box.maxPx) expect(isGood(at(sizePx + 1))).toBe(false)
    }),
    { numRuns: 300, seed: 1 },
  )
})
