/** 김하늘 as 김**: for screens that customers may look over. */
export function maskName(name: string | null): string {
  const [first, ...rest] = [...new Intl.Segmenter('ko', { granularity: 'grapheme' }).segment(name ?? '')].map(
    (each) => each.segment,
  )
  if (first === undefined) return '–'
  return first + '*'.repeat(Math.min(rest.length, 4))
}
