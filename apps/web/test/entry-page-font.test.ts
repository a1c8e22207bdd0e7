import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { entryPageTexts, hangulOf } from '../scripts/entry-page-texts.ts'
import { CHARACTERS } from '../src/lib/fonts/characters.ts'
import { fontOf } from '../src/lib/fonts/font-of.ts'

test('the font of the entry page has every character of its texts, in at most 60 KB', () => {
  const missing = new Set(
    entryPageTexts()
      .flatMap(hangulOf)
      .filter((one) => !CHARACTERS.includes(one)),
  )
  expect([...missing], 'run scripts/subset-font.ts').toEqual([])
  expect(statSync(new URL('../src/lib/fonts/entry-page.woff2', import.meta.url)).size).toBeLessThan(60_000)
})

test('a text with a letter that the font lacks is shown in the font of the system', () => {
  expect(fontOf('오픈 1주년 케이크 증정 🎂')).toBe('font-sans')
  expect(fontOf('오픈'.normalize('NFD'))).toBe('font-sans')
  expect(fontOf('뷁의 날')).toBe('font-user')
  expect(fontOf('第一回')).toBe('font-user')
})
