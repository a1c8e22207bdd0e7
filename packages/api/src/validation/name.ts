/** Fewest and most characters of a name, counted as a person counts them. */
export const nameLength = { min: 2, max: 50 } as const

/** Controls, line and paragraph separators, invisible spaces and direction overrides; the joiners inside emoji stay. */
const forbidden = /[\p{Cc}\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u
/** Hangul fillers are letters to Unicode, yet show nothing. */
const fillers = /[\u115f\u1160\u3164\uffa0]/gu
const visible = /[\p{L}\p{N}]/u

/** Making one takes longer than all the rest of reading a name. */
let segmenter: Intl.Segmenter | undefined

function countCharacters(text: string): number {
  segmenter ??= new Intl.Segmenter('ko', { granularity: 'grapheme' })
  return [...segmenter.segment(text)].length
}

export type NameError = 'name.too_short' | 'name.too_long' | 'name.invalid'

/**
 * A customer's name as it is stored: trimmed, in NFC, 2 to 50 grapheme clusters, without control characters; or what is wrong
 * with it. Pure and without imports, so that browsers may use it too.
 */
export function readName(
  text: string,
): { name: string; fault?: undefined } | { name?: undefined; fault: NameError } {
  const name = text.trim().normalize('NFC')
  if (name === '') return { fault: 'name.too_short' }
  if (name.length > 500) return { fault: 'name.too_long' }
  if (forbidden.test(name) || !name.isWellFormed()) return { fault: 'name.invalid' }
  const count = countCharacters(name)
  if (count < nameLength.min) return { fault: 'name.too_short' }
  if (count > nameLength.max) return { fault: 'name.too_long' }
  if (!visible.test(name.replace(fillers, ''))) return { fault: 'name.invalid' }
  return { name }
}
