import { describe, expect, test } from 'vitest'
import { generateApplicationNumber } from '../participations/generate-application-number.ts'
import { APPLICATION_NUMBER_ALPHABET, parseApplicationNumber } from './application-number.ts'

const numbers = Array.from({ length: 300 }, generateApplicationNumber)

describe('application numbers', () => {
  test('have the documented format, and differ', () => {
    for (const number of numbers) expect(number).toMatch(/^[2-9AC-HJKM-NP-TV-Z]{4}-[2-9AC-HJKM-NP-TV-Z]{4}$/)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  test('are parsed in any case, with any spaces and hyphens', () => {
    for (const number of numbers) {
      const bare = number.replace('-', '')
      for (const text of [
        number,
        bare,
        bare.toLowerCase(),
        ` ${bare.slice(0, 2)} ${bare.slice(2)} `,
        number.replace('-', '–'),
      ])
        expect(parseApplicationNumber(text)).toBe(number)
    }
  })

  test('with one wrong character, or two swapped, are rejected', () => {
    for (const number of numbers.slice(0, 40)) {
      const bare = [...number.replace('-', '')]
      for (let at = 0; at < bare.length; at++) {
        for (const other of APPLICATION_NUMBER_ALPHABET)
          if (other !== bare[at]) expect(parseApplicationNumber(bare.with(at, other).join(''))).toBeNull()
        for (let to = at + 1; to < bare.length; to++)
          if (bare[at] !== bare[to]) {
            const swapped = bare.with(at, bare[to] ?? '').with(to, bare[at] ?? '')
            expect(parseApplicationNumber(swapped.join(''))).toBeNull()
          }
      }
    }
  })

  test('use every character about equally often', () => {
    const counts = new Map<string, number>()
    for (let n = 0; n < 20_000; n++)
      for (const character of generateApplicationNumber().replace('-', '').slice(0, 7))
        counts.set(character, (counts.get(character) ?? 0) + 1)
    const expected = (20_000 * 7) / APPLICATION_NUMBER_ALPHABET.length
    // Five standard deviations and more: a fair source fails this less than once in a million runs.
    for (const character of APPLICATION_NUMBER_ALPHABET)
      expect(Math.abs((counts.get(character) ?? 0) - expected)).toBeLessThan(6 * Math.sqrt(expected))
  })

  test.each(['', 'K7M2', 'K7M2-9QXAA', '0000-0000', 'ㄱ7M2-9QXA', 'x'.repeat(50)])(
    '%j is rejected',
    (text) => {
      expect(parseApplicationNumber(text)).toBeNull()
    },
  )
})
