import { splitGraphemes } from '@eungmo/api/validation/graphemes'

/**
 * Lines of a text that are at most `maxWidth` wide: broken at spaces, and inside a word where a word alone is
 * wider, as in Korean and Chinese titles. Nothing is left out.
 */
export function wrapText(text: string, maxWidth: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word
    if (widthOf(longer) <= maxWidth) {
      line = longer
      continue
    }
    if (line) lines.push(line)
    line = ''
    for (const character of splitGraphemes(word)) {
      if (line && widthOf(line + character) > maxWidth) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  return [...lines, line]
}
