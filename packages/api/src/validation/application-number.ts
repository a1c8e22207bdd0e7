/** Without characters that are read or heard as another: no 0 O, 1 I L, 8 B, U V stays apart by leaving U out. 29, a prime. */
export const applicationAlphabet = '23456789ACDEFGHJKMNPQRSTVWXYZ'

/** Random characters before the check character. */
export const applicationBodyLength = 7

const base = applicationAlphabet.length

/**
 * The check character of a body: the sum of each value times its place, modulo 29. As the modulus is prime and places are below it,
 * every single wrong character and every swap of two is found.
 */
export function checkCharacter(body: string): string {
  let sum = 0
  for (let place = 0; place < body.length; place++)
    sum += (place + 2) * applicationAlphabet.indexOf(body.charAt(place))
  return applicationAlphabet.charAt(sum % base)
}

/** Eight characters as they are shown: `K7M2-9QXA`. */
export const showApplicationNumber = (characters: string): string =>
  `${characters.slice(0, 4)}-${characters.slice(4)}`

/** The number as shown, from any spelling in case, spaces and hyphens; null when it is none, its check character included. */
export function readApplicationNumber(text: string): string | null {
  if (text.length > 40) return null
  const characters = text
    .normalize('NFKC')
    .replace(/[\s\-‐‑‒–—―]/g, '')
    .toUpperCase()
  if (characters.length !== applicationBodyLength + 1) return null
  if (![...characters].every((character) => applicationAlphabet.includes(character))) return null
  const body = characters.slice(0, applicationBodyLength)
  return checkCharacter(body) === characters.slice(applicationBodyLength)
    ? showApplicationNumber(characters)
    : null
}
