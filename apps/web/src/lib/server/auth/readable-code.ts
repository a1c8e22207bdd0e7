import { randomInt } from 'node:crypto'

/** Letters and digits that are hard to confuse when read aloud. */
export const CODE_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

const GROUP_LENGTH = 4
/** Of CODE_ALPHABET: 79 bits. */
export const CODE_LENGTH = 16

/** In groups of four: `k7m2-9qxf`. */
const inGroups = (letters: string): string =>
  letters.match(new RegExp(`.{1,${GROUP_LENGTH}}`, 'g'))?.join('-') ?? ''

/**
 * A code in groups of four, `k7m2-…`; `letterAt(i)` returns the index of its i-th letter.
 * @param length letters of 5 bits each; defaults to 16
 */
export const readableCode = (letterAt: (i: number) => number, length = CODE_LENGTH): string =>
  inGroups(Array.from({ length }, (_, i) => CODE_ALPHABET[letterAt(i)]).join(''))

/** A random code. */
export const randomReadableCode = (length = CODE_LENGTH): string =>
  readableCode(() => randomInt(CODE_ALPHABET.length), length)

/** A code that somebody typed, with or without hyphens, in the form in which it was shown. */
export const toReadableCode = (typed: string): string =>
  inGroups(typed.toLowerCase().replace(/[^a-z0-9]/g, ''))
