const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' })

/** A name as the public sees it: 김하늘 becomes 김**. */
export function maskName(name: string): string {
  const [first = '', ...rest] = Array.from(graphemes.segment(name), ({ segment }) => segment)
  return first + rest.map((grapheme) => (grapheme.trim() === '' ? ' ' : '*')).join('')
}
