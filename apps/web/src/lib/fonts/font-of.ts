import { CHARACTERS } from './characters.ts'

const characters = new Set(CHARACTERS)

/**
 * The class of the font for a text of a shop: the page's own where it has every letter of the text, else the
 * system's, so that no text mixes the two.
 */
export const fontOf = (text: string): 'font-sans' | 'font-user' =>
  Array.from(text.normalize('NFC')).every((one) => characters.has(one) || !/[\p{L}\p{N}]/u.test(one))
    ? 'font-sans'
    : 'font-user'
