import { segmentsExactly, splitGraphemes } from './graphemes.ts'

/** Characters of a name, counted as a reader counts them (grapheme clusters). */
const NAME_LENGTH = { min: 2, max: 50 } as const

/**
 * Controls, line and paragraph separators, invisible spaces and direction overrides; the joiners inside emoji
 * stay.
 */
const forbidden = /[\p{Cc}\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u
/** Hangul fillers are letters in Unicode, yet invisible. */
const fillers = /[\u115f\u1160\u3164\uffa0]/gu
const visible = /[\p{L}\p{N}]/u

/** Most names, whole syllables only: in NFC, each one character, and nothing to trim. */
const syllables = new RegExp(`^[가-힣]{${NAME_LENGTH.min},${NAME_LENGTH.max}}$`)

/** Half of a surrogate pair. */
const unpaired = /\p{Cs}/u

export type NameError = 'name.too_short' | 'name.too_long' | 'name.invalid'

/**
 * A customer's name as it is stored: trimmed, in NFC, 2 to 50 grapheme clusters, without control characters;
 * or what is wrong with it. A browser that counts more than a reader does leaves long names to the server.
 */
export function parseName(
  text: string,
): { name: string; error?: undefined } | { name?: undefined; error: NameError } {
  if (syllables.test(text)) return { name: text }
  const name = text.trim().normalize('NFC')
  if (name === '') return { error: 'name.too_short' }
  if (name.length > 500) return { error: 'name.too_long' }
  if (forbidden.test(name) || unpaired.test(name)) return { error: 'name.invalid' }
  const count = splitGraphemes(name).length
  if (count < NAME_LENGTH.min) return { error: 'name.too_short' }
  if (count > NAME_LENGTH.max && segmentsExactly()) return { error: 'name.too_long' }
  if (!visible.test(name.replace(fillers, ''))) return { error: 'name.invalid' }
  return { name }
}
