/** Creating one takes long, and the entry page never needs it. */
let segmenter: Intl.Segmenter | undefined

/**
 * A name as the public sees it: only its first character, counted as a reader counts them; spaces stay.
 * @example maskName('김하늘') // => '김**'
 */
export function maskName(name: string): string {
  segmenter ??= new Intl.Segmenter('ko', { granularity: 'grapheme' })
  const [first = '', ...rest] = Array.from(segmenter.segment(name), ({ segment }) => segment)
  return first + rest.map((grapheme) => (grapheme.trim() === '' ? ' ' : '*')).join('')
}
