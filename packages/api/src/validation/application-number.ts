/**
 * The characters of application numbers, without those that are easily confused in print or speech: 0 O, 1 I
 * L, 8 B, and U next to V. There are 29, a prime.
 */
export const APPLICATION_NUMBER_ALPHABET = '23456789ACDEFGHJKMNPQRSTVWXYZ'

/** Number of random characters, before the check character. */
export const RANDOM_LENGTH = 7

const MAX_TYPED_LENGTH = 40
const BASE = APPLICATION_NUMBER_ALPHABET.length

/**
 * The check character of a body: the sum of each value times its place, modulo 29. Since the modulus is prime
 * and places are below it, it detects every single wrong character and every swap of two.
 */
export function checkCharacter(body: string): string {
  let sum = 0
  for (let place = 0; place < body.length; place++)
    sum += (place + 2) * APPLICATION_NUMBER_ALPHABET.indexOf(body.charAt(place))
  return APPLICATION_NUMBER_ALPHABET.charAt(sum % BASE)
}

/** Eight characters as displayed: `K7M2-9QXF`. */
export const formatApplicationNumber = (characters: string): string =>
  `${characters.slice(0, 4)}-${characters.slice(4)}`

/** The characters of an application number in any spelling: in upper case, without spaces and hyphens. */
export const applicationNumberCharacters = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\-\u2010-\u2015]/g, '')
    .toUpperCase()

/**
 * The application number as displayed, from any spelling in case, spaces and hyphens; null for anything else,
 * a wrong check character included.
 * @example parseApplicationNumber('k7m2 9qxf') // => 'K7M2-9QXF'
 */
export function parseApplicationNumber(text: string): string | null {
  if (text.length > MAX_TYPED_LENGTH) return null
  const characters = applicationNumberCharacters(text)
  if (characters.length !== RANDOM_LENGTH + 1) return null
  if (![...characters].every((character) => APPLICATION_NUMBER_ALPHABET.includes(character))) return null
  const body = characters.slice(0, RANDOM_LENGTH)
  return checkCharacter(body) === characters.slice(RANDOM_LENGTH) ? formatApplicationNumber(characters) : null
}
