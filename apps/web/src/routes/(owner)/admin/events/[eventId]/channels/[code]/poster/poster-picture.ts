import { qrSvg } from '#lib/qr-code.ts'
import {
  BASE_LINE,
  type FittedText,
  fitText,
  LINE_HEIGHT,
  type TextBox,
} from '#lib/server/pictures/fit-text.ts'
import { type PictureRenderer, type TextStyle, textElement } from '#lib/server/pictures/picture-renderer.ts'
import { PAPER } from '#lib/server/pictures/ticket-shape.ts'
import type { PosterContent } from './poster-content.ts'

/** A4 in tenths of a millimetre, as all lengths here. A5 is the same in 0.7 of the size. */
const [WIDTH, HEIGHT] = [2100, 2970]
/** Printers leave up to 6 mm of the paper white. */
const MARGIN = 100
const [LEFT, RIGHT] = [MARGIN, WIDTH - MARGIN]
const FIELD = { top: MARGIN, bottom: 1_060, padding: 90, corner: 40 }
const STRIP_HEIGHT = 150
/** Darker than the field, from which it stands apart. */
const STRIP_COLOUR = '#8f1d14'
const FACTS_TOP = 1_140
const FACT_GAP = 36
const QR_TOP = 1_660
/** Without its quiet zone: 51 mm on A5. */
const QR_SIZE = 730
const QUIET_MODULES = 4
const CALL_GAP = 90
const FOOT_TOP = 2_560

const label: TextStyle = { sizePx: 60, weight: 400 }
const factBox = { height: 250, maxLines: 1, maxPx: 104, minPx: 60, weight: 700 } as const

/** Texts that depend on how much has room. */
export interface PosterTexts {
  /** That there are more prizes than have room. */
  more(count: number): string
}

type Renderer = Pick<PictureRenderer, 'widthOf'>

/** The poster as SVG of 210 × 297 mm. */
export function posterPicture(content: PosterContent, texts: PosterTexts, renderer: Renderer): string {
  const parts: string[] = []
  /** Writes lines below `y`, and returns where they end. */
  const writeLines = (
    { lines, ...style }: FittedText,
    { x, y }: { x: number; y: number },
    colour: string = PAPER.ink,
  ) => {
    for (const [position, line] of lines.entries()) {
      const base = Math.round(y + (position * LINE_HEIGHT + BASE_LINE) * style.sizePx)
      parts.push(textElement(line, { ...style, x, y: base, colour }))
    }
    return y + heightOf({ lines, ...style })
  }

  const fieldTop = content.strip === null ? FIELD.top : STRIP_HEIGHT + 50
  const fieldHeight = FIELD.bottom - fieldTop
  parts.push(
    `<rect x="${LEFT}" y="${fieldTop}" width="${RIGHT - LEFT}" height="${fieldHeight}" rx="${FIELD.corner}" fill="${PAPER.seal}"/>`,
  )
  const titleBox = { width: RIGHT - LEFT - 2 * FIELD.padding, height: fieldHeight - 2 * FIELD.padding }
  const title = fitText(
    content.title,
    { ...titleBox, maxLines: 3, maxPx: 300, minPx: 60, weight: 700 },
    renderer,
  )
  const titleTop = fieldTop + (fieldHeight - heightOf(title)) / 2
  writeLines(title, { x: LEFT + FIELD.padding, y: titleTop }, '#fff')
  if (content.strip !== null) {
    const box: TextBox = {
      width: RIGHT - LEFT,
      height: STRIP_HEIGHT,
      maxLines: 1,
      maxPx: 84,
      minPx: 40,
      weight: 700,
    }
    const strip = fitText(content.strip, box, renderer)
    parts.push(`<rect width="${WIDTH}" height="${STRIP_HEIGHT}" fill="${STRIP_COLOUR}"/>`)
    writeLines(strip, { x: LEFT, y: (STRIP_HEIGHT - heightOf(strip)) / 2 }, '#fff')
  }

  const labels = [content.prizes.label, content.deadline.label]
  const factLeft = LEFT + Math.max(...labels.map((text) => renderer.widthOf(text, label))) + 50
  const factWidth = RIGHT - factLeft
  const facts = [prizeLine(content.prizes.items, texts, factWidth, renderer), content.deadline.text]
  let y = FACTS_TOP
  for (const [position, text] of facts.entries()) {
    const fitted = fitFact(text, factWidth, renderer)
    const middle = y + (fitted.sizePx * LINE_HEIGHT) / 2
    const labelTop = middle - (label.sizePx * LINE_HEIGHT) / 2
    writeLines({ ...label, lines: [labels[position] ?? ''] }, { x: LEFT, y: labelTop }, PAPER.inkSoft)
    y = writeLines(fitted, { x: factLeft, y }) + FACT_GAP
  }

  const { svg, modules } = qrOf(content.link)
  const quiet = (QUIET_MODULES / modules) * QR_SIZE
  const size = QR_SIZE + 2 * quiet
  // The quiet zone lies in the margin, so that the code is in line with the texts.
  const qrLeft = Math.max(0, LEFT - quiet)
  parts.push(
    svg.replace('<svg ', `<svg x="${qrLeft}" y="${QR_TOP - quiet}" width="${size}" height="${size}" `),
  )
  const callLeft = LEFT + QR_SIZE + CALL_GAP
  const callWidth = RIGHT - callLeft
  const callBox = { width: callWidth, height: QR_SIZE - 200, maxLines: 3, maxPx: 150, minPx: 60 }
  writeLines(fitText(content.call, { ...callBox, weight: 700 }, renderer), { x: callLeft, y: QR_TOP })
  const slash = content.address.indexOf('/')
  const address = [content.address.slice(0, slash), content.address.slice(slash)].map((part) =>
    fitText(
      part,
      { width: callWidth, height: 200, maxLines: 1, maxPx: 64, minPx: 32, weight: 400 },
      renderer,
    ),
  )
  const sizePx = Math.min(...address.map((part) => part.sizePx))
  const addressLines: FittedText = { lines: address.flatMap(({ lines }) => lines), sizePx, weight: 400 }
  writeLines(addressLines, { x: callLeft, y: QR_TOP + QR_SIZE - heightOf(addressLines) })

  parts.push(`<rect x="${LEFT}" y="${FOOT_TOP}" width="${RIGHT - LEFT}" height="4" fill="${PAPER.ink}"/>`)
  const footBox = { width: RIGHT - LEFT, height: 150, maxLines: 2 }
  const shop = fitText(content.shopName, { ...footBox, maxPx: 92, minPx: 50, weight: 700 }, renderer)
  const shopEnd = writeLines(shop, { x: LEFT, y: FOOT_TOP + 36 })
  if (content.contact !== null) {
    const contact = fitText(content.contact, { ...footBox, maxPx: 60, minPx: 30, weight: 400 }, renderer)
    writeLines(contact, { x: LEFT, y: shopEnd + 10 })
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${parts.join('\n')}
</svg>`
}

const heightOf = ({ lines, sizePx }: FittedText) => lines.length * sizePx * LINE_HEIGHT

/** On one line; only what is longer than that in small letters has up to four. */
function fitFact(text: string, width: number, renderer: Renderer): FittedText {
  const oneLine = fitText(text, { ...factBox, width }, renderer)
  if (oneLine.lines.length === 1) return oneLine
  return fitText(text, { ...factBox, width, maxLines: 4, maxPx: 60, minPx: 40 }, renderer)
}

/** As many prizes as have room on one line, at least the first, and how many more there are. */
function prizeLine(items: string[], texts: PosterTexts, width: number, renderer: Renderer): string {
  const lines = items.map((_, left) => {
    const named = items.slice(0, items.length - left).join(' · ')
    return left > 0 ? `${named} ${texts.more(left)}` : named
  })
  const smallest: TextStyle = { sizePx: factBox.minPx, weight: factBox.weight }
  return lines.find((line) => renderer.widthOf(line, smallest) <= width) ?? lines.at(-1) ?? ''
}

/** The QR code, and how many modules it has in a row without its quiet zone. */
function qrOf(link: string): { svg: string; modules: number } {
  const svg = qrSvg(link)
  const modules = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]) - 2 * QUIET_MODULES
  return { svg, modules }
}
