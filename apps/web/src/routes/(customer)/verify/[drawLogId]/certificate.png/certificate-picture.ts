import {
  drawnText,
  type PictureRenderer,
  type TextStyle,
  textElement,
} from '#lib/server/pictures/picture-renderer.ts'
import { PAPER, ticketShape } from '#lib/server/pictures/ticket-shape.ts'
import { wrapText } from '#lib/wrap-text.ts'
import type { CertificateContent } from '../certificate/certificate-content.ts'

export interface CertificateTexts {
  name: string
  numbers: string
  /** That there are more winners than are listed. */
  more(count: number): string
  replaced: string
  /** Up to four syllables. */
  seal: string
}

const [WIDTH_PX, HEIGHT_PX] = [1080, 1350]
const TICKET = { left: 44, top: 44, right: WIDTH_PX - 44, bottom: HEIGHT_PX - 44 }
const CUT_PX = 1010
const [LEFT_PX, RIGHT_PX] = [108, WIDTH_PX - 108]
const SEAL_PX = 150
const QR_PX = 220

/** From the largest; the last is used whatever its number of lines. */
const TITLE_SIZES_PX = [60, 54, 48, 44, 40, 36]
const MAX_TITLE_LINES = 3

/** How the numbers stand in columns, from the largest. Where the last has no room either, the rest is counted. */
const GRIDS = [
  { columns: 1, maxPx: 76 },
  { columns: 2, maxPx: 56 },
  { columns: 3, maxPx: 40 },
  { columns: 4, maxPx: 28 },
  { columns: 5, maxPx: 24 },
]
const COLUMN_GAP_PX = 12
/** Of the place's number, in em of the winning number next to it. */
const SLOT_SIZE = 0.5
const ROW_HEIGHT = 1.4
const MORE_PX = 46

export const MAX_NUMBERS = 40
export const MAX_REPLACED = 3

const label: TextStyle = { sizePx: 28, weight: 400 }
const body: TextStyle = { sizePx: 34, weight: 400 }
const strong: TextStyle = { sizePx: 34, weight: 700 }

/** The certificate as SVG of 1080 × 1350 px. `qr` is a QR code as SVG. */
export function certificatePicture(
  content: CertificateContent,
  texts: CertificateTexts,
  qr: string,
  renderer: Pick<PictureRenderer, 'widthOf'>,
): string {
  const parts: string[] = []
  let y = 128
  const write = (text: string, style: TextStyle, options: { x?: number; soft?: boolean; y?: number } = {}) =>
    parts.push(
      textElement(text, {
        ...style,
        x: options.x ?? LEFT_PX,
        y: options.y ?? y,
        colour: options.soft ? PAPER.inkSoft : PAPER.ink,
      }),
    )
  const lines = (text: string, width: number, style: TextStyle) =>
    wrapText(drawnText(text), width, (line) => renderer.widthOf(line, style))

  write(texts.name, label, { soft: true })
  const headWidth = RIGHT_PX - LEFT_PX - (content.hasPublicRandomness ? SEAL_PX + 30 : 0)
  for (const line of lines(content.shopName, headWidth, strong)) {
    y += 50
    write(line, strong)
  }
  const title = TITLE_SIZES_PX.map((sizePx) => {
    const style: TextStyle = { sizePx, weight: 700 }
    return { style, lines: lines(content.title, headWidth, style) }
  })
  const fitting = title.find((candidate) => candidate.lines.length <= MAX_TITLE_LINES) ?? title.at(-1)
  for (const [position, line] of (fitting?.lines ?? []).entries()) {
    const { style } = fitting ?? { style: strong }
    y += style.sizePx * (position === 0 ? 1.3 : 1.22)
    write(line, style)
  }
  y += 22
  const textLeft =
    LEFT_PX + Math.max(...content.facts.map((fact) => renderer.widthOf(fact.label, label))) + 30
  for (const fact of content.facts) {
    for (const [position, line] of lines(fact.text, RIGHT_PX - textLeft, label).entries()) {
      y += 42
      if (position === 0) write(fact.label, label, { soft: true })
      write(line, label, { x: textLeft })
    }
  }

  const replacedLines = [...content.replaced, ...(content.moreReplaced ? [content.moreReplaced] : [])]
  const replacedHeight = replacedLines.length > 0 ? 40 * (replacedLines.length + 1) + 16 : 0
  y += 64
  write(texts.numbers, strong)
  if (content.notice) {
    for (const line of lines(content.notice, RIGHT_PX - LEFT_PX, body)) {
      y += 54
      write(line, body)
    }
  } else {
    const grid = fittingGrid(content, CUT_PX - 44 - replacedHeight - y, renderer)
    for (const { text, sizePx, weight, x, top } of grid.cells) {
      write(text, { sizePx, weight }, { x, y: y + top, soft: weight === 400 })
    }
    y += grid.height
    if (grid.left > 0) write(texts.more(grid.left), label, { soft: true, y: y + MORE_PX })
  }
  if (replacedLines.length > 0) {
    y = CUT_PX - 38 - 40 * replacedLines.length
    write(texts.replaced, { ...label, weight: 700 })
    for (const line of replacedLines) {
      y += 40
      write(line, label)
    }
  }

  const sentences = content.sentences.flatMap((sentence) =>
    lines(sentence, RIGHT_PX - LEFT_PX - QR_PX - 40, body),
  )
  const lineHeight = Math.min(50, (TICKET.bottom - CUT_PX - 60) / sentences.length)
  const middle = (CUT_PX + TICKET.bottom) / 2
  y = middle - ((sentences.length - 1) * lineHeight) / 2 + 12
  for (const sentence of sentences) {
    write(sentence, body)
    y += lineHeight
  }
  parts.push(placed(qr, RIGHT_PX - QR_PX, middle - QR_PX / 2, QR_PX))
  if (content.hasPublicRandomness) parts.push(seal(texts.seal, RIGHT_PX - SEAL_PX + 12, 100))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH_PX}" height="${HEIGHT_PX}">
<rect width="${WIDTH_PX}" height="${HEIGHT_PX}" fill="${PAPER.ground}"/>
${ticketShape(TICKET, CUT_PX)}
${parts.join('\n')}
</svg>`
}

interface Cell extends TextStyle {
  text: string
  x: number
  /** Of the base line, below the top of the grid. */
  top: number
}

/** The numbers in the largest grid that has room, and how many more there are. */
function fittingGrid(
  { numbers, winnerTotal }: CertificateContent,
  room: number,
  renderer: Pick<PictureRenderer, 'widthOf'>,
): { cells: Cell[]; height: number; left: number } {
  // All in em of the numbers.
  const slotDigits = String(numbers.at(-1)?.slot ?? 0).length
  const indent = SLOT_SIZE * (0.65 * slotDigits + 0.5)
  const widest = Math.max(1, ...numbers.map(({ text }) => renderer.widthOf(text, { sizePx: 1, weight: 700 })))
  const sizes = GRIDS.map(({ columns, maxPx }) => {
    const columnPx = (RIGHT_PX - LEFT_PX) / columns
    const sizePx = Math.min(maxPx, Math.floor((columnPx - COLUMN_GAP_PX) / (indent + widest)))
    return { columns, columnPx, sizePx, rowPx: sizePx * ROW_HEIGHT }
  })
  const rowsOf = (columns: number, count: number) => Math.ceil(count / columns)
  const roomFor = (left: number) => room - (left > 0 ? MORE_PX : 0)
  const left = winnerTotal - numbers.length
  const fits = sizes.find(({ columns, rowPx }) => rowsOf(columns, numbers.length) * rowPx <= roomFor(left))
  const grid = fits ?? sizes.at(-1)
  if (!grid) throw new Error('there is no grid')
  const { columns, columnPx, sizePx, rowPx } = grid
  const shown = fits ? numbers : numbers.slice(0, columns * Math.max(1, Math.floor(roomFor(1) / rowPx)))
  const cells = shown.flatMap(({ slot, text }, position): Cell[] => {
    const x = LEFT_PX + (position % columns) * columnPx
    const top = (Math.floor(position / columns) + 1) * rowPx
    return [
      { text: String(slot), sizePx: SLOT_SIZE * sizePx, weight: 400, x, top },
      { text, sizePx, weight: 700, x: x + indent * sizePx, top },
    ]
  })
  return { cells, height: rowsOf(columns, shown.length) * rowPx, left: winnerTotal - shown.length }
}

const placed = (svg: string, x: number, y: number, size: number) =>
  svg.replace('<svg ', `<svg x="${x}" y="${y}" width="${size}" height="${size}" `)

/** A stamp that is read in columns from the right. */
function seal(text: string, x: number, y: number): string {
  const glyphs = [...text].slice(0, 4)
  const written = glyphs.map((glyph, position) =>
    textElement(glyph, {
      x: glyphs.length <= 2 ? 50 : position < 2 ? 70 : 30,
      y: position % 2 === 0 ? 44 : 83,
      sizePx: 38,
      weight: 700,
      colour: PAPER.seal,
      anchor: 'middle',
    }),
  )
  return `<g transform="translate(${x} ${y}) scale(${SEAL_PX / 100}) rotate(-6 50 50)">
<rect x="5" y="5" width="90" height="90" rx="15" fill="none" stroke="${PAPER.seal}" stroke-width="6"/>
${written.join('\n')}</g>`
}
