import { wrapText } from '#lib/wrap-text.ts'
import { drawnText, type PictureRenderer, type TextStyle, textElement } from './picture-renderer.ts'

export interface TextBox {
  width: number
  height: number
  /** Holds as long as the text fits at the smallest size; below that, only `height` limits the lines. */
  maxLines: number
  maxPx: number
  minPx: number
  weight: TextStyle['weight']
}

export interface FittedText extends TextStyle {
  lines: string[]
}

/** Of a line, in em of its letters. */
const LINE_HEIGHT = 1.22
/** From the top of a line to its base line, in em: Hangul stands in the middle. */
const BASE_LINE = 0.97

/**
 * A text in the largest size, in whole px, at which it fits its box. No word is broken as long as the text fits
 * without that at the smallest size; a title without spaces breaks between its syllables. Lines are about
 * equally long. A text that does not fit at the smallest size has it, and more lines.
 */
export function fitText(text: string, box: TextBox, renderer: Pick<PictureRenderer, 'widthOf'>): FittedText {
  const drawn = drawnText(text)
  const words = drawn.split(' ')
  const widthAt = (sizePx: number) => (line: string) => renderer.widthOf(line, { sizePx, weight: box.weight })
  const linesAt = (sizePx: number, width = box.width) => wrapText(drawn, width, widthAt(sizePx))
  const isWhole = (sizePx: number) => words.every((word) => widthAt(sizePx)(word) <= box.width)
  const hasRoom = (sizePx: number) => {
    const lines = linesAt(sizePx)
    return lines.length <= box.maxLines && heightOf({ lines, sizePx, weight: box.weight }) <= box.height
  }
  const whole = largest(box.minPx, box.maxPx, (sizePx) => isWhole(sizePx) && hasRoom(sizePx))
  const sizePx = whole ?? largest(box.minPx, box.maxPx, hasRoom) ?? box.minPx
  const { length } = linesAt(sizePx)
  const widest = Math.max(...words.map(widthAt(sizePx)))
  const narrowest = whole === undefined ? 1 : Math.ceil(widest)
  // The wider a line may be, the fewer lines there are: negated, the search for the smallest is that of the largest.
  const width = largest(
    -Math.floor(box.width),
    -narrowest,
    (negated) => linesAt(sizePx, -negated).length <= length,
  )
  return { lines: linesAt(sizePx, width === undefined ? box.width : -width), sizePx, weight: box.weight }
}

export const heightOf = ({ lines, sizePx }: FittedText): number => lines.length * sizePx * LINE_HEIGHT

/** Lines as `<text>` of SVG, from `y` downwards. */
export const textLines = (
  { lines, ...style }: FittedText,
  { x, y, colour }: { x: number; y: number; colour: string },
): string =>
  lines
    .map((line, position) => {
      const base = Math.round(y + (position * LINE_HEIGHT + BASE_LINE) * style.sizePx)
      return textElement(line, { ...style, x, y: base, colour })
    })
    .join('\n')

/** The largest whole number from `from` to `to` that fulfils what every smaller one fulfils as well. */
function largest(from: number, to: number, fulfils: (candidate: number) => boolean): number | undefined {
  let [low, high] = [from, to]
  let found: number | undefined
  while (low <= high) {
    const middle = Math.floor((low + high) / 2)
    if (fulfils(middle)) {
      found = middle
      low = middle + 1
    } else high = middle - 1
  }
  return found
}
