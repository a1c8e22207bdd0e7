import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parseName } from './name.ts'

describe('a name', () => {
  test.each([
    ['김은모', '김은모'],
    ['  김은모 ', '김은모'],
    ['김은모'.normalize('NFD'), '김은모'],
    ['Åsa', 'Åsa'],
    ['남궁 민수', '남궁 민수'],
    ['가'.repeat(50), '가'.repeat(50)],
    [`${'👨‍👩‍👧'.repeat(3)}은`, `${'👨‍👩‍👧'.repeat(3)}은`],
    ["O'Brien", "O'Brien"],
  ])('%s is stored as %s', (text, name) => {
    expect(parseName(text)).toEqual({ name })
  })

  test.each([
    ['', 'name.too_short'],
    ['김', 'name.too_short'],
    ['\u3000 김 ', 'name.too_short'],
    ['👨‍👩‍👧', 'name.too_short'],
    ['가'.repeat(51), 'name.too_long'],
    [`가${'\u0301'.repeat(600)}나`, 'name.too_long'],
    ['김\n은모', 'name.invalid'],
    ['김\u0000은모', 'name.invalid'],
    ['김\u202e은모', 'name.invalid'],
    ['김\u200b은모', 'name.invalid'],
    ['\u3164\u3164\u3164', 'name.invalid'],
    ['...', 'name.invalid'],
    ['\ud800은모', 'name.invalid'],
  ])('%j is rejected with %s', (text, error) => {
    expect(parseName(text)).toEqual({ error })
  })

  describe('where the browser has no Intl.Segmenter', () => {
    beforeAll(() => {
      vi.stubGlobal('Intl', { ...Intl, Segmenter: undefined })
      vi.resetModules()
    })
    afterAll(() => vi.unstubAllGlobals())

    test.each([
      ['김은모', { name: '김은모' }],
      [`${'👨‍👩‍👧'.repeat(49)}은`, { name: `${'👨‍👩‍👧'.repeat(49)}은` }],
      ['가'.repeat(51), { name: '가'.repeat(51) }],
      ['김', { error: 'name.too_short' }],
      ['g\u0308', { error: 'name.too_short' }],
      ['\ud800은모', { error: 'name.invalid' }],
    ])('%j is left to the server unless it is certainly too short', async (text, parsed) => {
      const { parseName } = await import('./name.ts')
      expect(parseName(text)).toEqual(parsed)
    })
  })

  test('of syllables alone is the same with spaces around it', () => {
    const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCodePoint(code))
    fc.assert(
      fc.property(fc.string({ unit: syllable, maxLength: 60 }), (text) => {
        expect(parseName(text)).toEqual(parseName(` ${text} `))
      }),
      { numRuns: 2_000, seed: 4 },
    )
  })

  test('that was accepted is accepted again, unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const { name } = parseName(text)
        if (name !== undefined) expect(parseName(name)).toEqual({ name })
      }),
      { numRuns: 2_000, seed: 3 },
    )
  })
})
