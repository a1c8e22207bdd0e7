import { splitGraphemes } from './graphemes.ts'

/**
 * A name as the public sees it: only its first character, counted as a reader counts them; spaces stay.
 * @example maskName('김하늘') // => '김**'
 */
export function maskName(name: string): string {
  const [first = '', ...rest] = splitGraphemes(name)
  return first + rest.map((grapheme) => (grapheme.trim() === '' ? ' ' : '*')).join('')
}
