/** Creating a segmenter takes longer than most uses of it. */
let segmenter: Intl.Segmenter | undefined

/**
 * Whether graphemes are exact here. Firefox before 125 has no `Intl.Segmenter`; there `splitGraphemes` cuts
 * an emoji of several code points into these.
 */
export const segmentsExactly = (): boolean => Boolean(Intl.Segmenter)

/** The characters of a text as a reader counts them (grapheme clusters). */
export function splitGraphemes(text: string): string[] {
  if (!segmentsExactly()) return text.match(/\P{M}\p{M}*|\p{M}+/gu) ?? []
  segmenter ??= new Intl.Segmenter('ko', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}
