/** Letters and digits that are hard to confuse when read aloud. */
export const CODE_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

const GROUP_LENGTH = 4
/** Of CODE_ALPHABET: 79 bits. */
export const CODE_LENGTH = 16

/** A code of 79 bits in four groups of four, `k7m2-…`; `letterAt(i)` returns the index of its i-th letter. */
export function readableCode(letterAt: (i: number) => number): string {
  const letters = Array.from({ length: CODE_LENGTH }, (_, i) => CODE_ALPHABET[letterAt(i)]).join('')
  return letters.match(new RegExp(`.{${GROUP_LENGTH}}`, 'g'))?.join('-') ?? letters
}
