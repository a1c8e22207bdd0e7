/**
 * A whole number as people type it: digits of any width, groups of three separated by commas or spaces, and
 * a counter such as 명 or 원 behind it; null for anything else, so that no text becomes another number.
 * @example parseWholeNumber('1,000명') // => 1000
 */
export function parseWholeNumber(text: string): number | null {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
  const [, digits] = /^(\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:\s\d{3})+)\s*[명개장원]?$/.exec(plain) ?? []
  const number = Number(digits?.replace(/[,\s]/g, ''))
  return digits !== undefined && Number.isSafeInteger(number) ? number : null
}
