import { firstThatFit } from '#lib/first-that-fit.ts'
import { qrSvg } from '#lib/qr-code.ts'
import { type FittedText, fitText, heightOf, textLines } from '#lib/server/pictures/fit-text.ts'
import { drawnText, type PictureRenderer, type TextStyle } from '#lib/server/pictures/picture-renderer.ts'
import { PAPER } from '#lib/server/pictures/ticket-shape.ts'
import type { PosterContent } from './poster-content.ts'

/** A4 in tenths of a millimetre, as all lengths here. A5 is the same in 0.7 of the size. */
const [WIDTH, HEIGHT] = [2100, 2970]
/** Printers leave up to 6 mm of the paper white. */
const MARGIN = 100
const [LEFT, RIGHT] = [MARGIN, WIDTH - MARGIN]
const CORNER = 40
const STRIP_HEIGHT = 150
/** Darker than the field, from which it stands apart. */
const STRIP_COLOUR = '#8f1d14'
const QUIET_MODULES = 4
const CALL_GAP = 90
const FOOT_TOP = 2_560

/** The title stands on a red field, or below the picture. */
interface Layout {
  /** Of the field or the picture. */
  headBottom: number
  title: { top: number; bottom: number; left: number; maxPx: number; colour: string }
  factsTop: number
  factGap: number
  /** Of what is on one line, and of what needs more. */
  factMaxPx: { oneLine: number; more: number }
  qrTop: number
  /** Without its quiet zone: at least 42 mm on A5. */
  qrSize: number
}

const HEAD_TOP = MARGIN
const FIELD_PADDING = 90

const withField: Layout = {
  headBottom: 1_060,
  title: {
    top: HEAD_TOP + FIELD_PADDING,
    bottom: 970,
    left: LEFT + FIELD_PADDING,
    maxPx: 300,
    colour: '#fff',
  },
  factsTop: 1_140,
  factGap: 36,
  factMaxPx: { oneLine: 104, more: 60 },
  qrTop: 1_660,
  qrSize: 730,
}

const withPicture: Layout = {
  headBottom: 940,
  title: { top: 985, bottom: 1_345, left: LEFT, maxPx: 180, colour: PAPER.ink },
  factsTop: 1_395,
  factGap: 30,
  factMaxPx: { oneLine: 88, more: 50 },
  qrTop: 1_880,
  qrSize: 600,
}

const FACT_MIN_PX = 60
const label: TextStyle = { sizePx: 60, weight: 400 }

export interface PosterParts {
  /** That there are more prizes than have room. */
  more(count: number): string
  /** A JPEG as a data URL; null where the event has no picture. */
  picture: string | null
}

type Renderer = Pick<PictureRenderer, 'widthOf'>

/** The poster as SVG of 210 × 297 mm. */
export function posterPicture(
  content: PosterContent,
  { more, picture }: PosterParts,
  renderer: Renderer,
): string {
  const layout = picture === null ? withField : withPicture
  const parts: string[] = []
  /** Writes lines from `y` downwards, and returns where they end. */
  const write = (text: FittedText, x: number, y: number, colour: string = PAPER.ink) => {
    parts.push(textLines(text, { x, y, colour }))
    return y + heightOf(text)
  }

  const stripBottom = content.strip === null ? 0 : STRIP_HEIGHT + 50
  const headTop = Math.max(HEAD_TOP, stripBottom)
  parts.push(head(picture, headTop, layout.headBottom - headTop))
  if (content.strip !== null) {
    const box = { width: RIGHT - LEFT, height: STRIP_HEIGHT, maxLines: 1, maxPx: 84, minPx: 40 }
    const strip = fitText(content.strip, { ...box, weight: 700 }, renderer)
    parts.push(`<rect width="${WIDTH}" height="${STRIP_HEIGHT}" fill="${STRIP_COLOUR}"/>`)
    write(strip, LEFT, (STRIP_HEIGHT - heightOf(strip)) / 2, '#fff')
  }
  const { title: place } = layout
  const titleTop = place.top + (picture === null ? headTop - HEAD_TOP : 0)
  const titleHeight = place.bottom - titleTop
  const titleBox = { width: WIDTH - 2 * place.left, height: titleHeight, maxLines: 3, minPx: 60 }
  const title = fitText(
    drawnText(content.title) || content.shopName,
    { ...titleBox, maxPx: place.maxPx, weight: 700 },
    renderer,
  )
  write(title, place.left, titleTop + (titleHeight - heightOf(title)) / 2, place.colour)

  const labels = [content.prizes.label, content.deadline.label]
  const factLeft = LEFT + Math.max(...labels.map((text) => renderer.widthOf(text, label))) + 50
  const factWidth = RIGHT - factLeft
  const fits = (line: string) => renderer.widthOf(line, { sizePx: FACT_MIN_PX, weight: 700 }) <= factWidth
  const facts = [firstThatFit(content.prizes.items, more, fits), content.deadline.text]
  let y = layout.factsTop
  for (const [position, text] of facts.entries()) {
    const fact = fitFact(text, factWidth, layout, renderer)
    const name: FittedText = { ...label, lines: [labels[position] ?? ''] }
    write(name, LEFT, y + (heightOf({ ...fact, lines: [''] }) - heightOf(name)) / 2, PAPER.inkSoft)
    y = write(fact, factLeft, y) + layout.factGap
  }

  const { qrTop, qrSize } = layout
  parts.push(qrCode(content.link, qrTop, qrSize))
  const callLeft = LEFT + qrSize + CALL_GAP
  const callWidth = RIGHT - callLeft
  const callBox = { width: callWidth, height: qrSize - 200, maxLines: 3, maxPx: 150, minPx: 60 }
  write(fitText(content.call, { ...callBox, weight: 700 }, renderer), callLeft, qrTop)
  const address = fitAddress(content.address, callWidth, renderer)
  write(address, callLeft, qrTop + qrSize - heightOf(address))

  parts.push(`<rect x="${LEFT}" y="${FOOT_TOP}" width="${RIGHT - LEFT}" height="4" fill="${PAPER.ink}"/>`)
  const footBox = { width: RIGHT - LEFT, height: 150, maxLines: 2 }
  const shop = fitText(content.shopName, { ...footBox, maxPx: 92, minPx: 50, weight: 700 }, renderer)
  const shopEnd = write(shop, LEFT, FOOT_TOP + 36)
  if (content.contact !== null) {
    const contact = fitText(content.contact, { ...footBox, maxPx: 60, minPx: 30, weight: 400 }, renderer)
    write(contact, LEFT, shopEnd + 10)
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${parts.join('\n')}
</svg>`
}

/** The picture, cut to its place, or a plain red field. */
function head(picture: string | null, top: number, height: number): string {
  const place = `x="${LEFT}" y="${top}" width="${RIGHT - LEFT}" height="${height}"`
  if (picture === null) return `<rect ${place} rx="${CORNER}" fill="${PAPER.seal}"/>`
  return `<clipPath id="head"><rect ${place} rx="${CORNER}"/></clipPath>
<image ${place} preserveAspectRatio="xMidYMid slice" clip-path="url(#head)" href="${picture}"/>`
}

/** On one line; only what is longer than that in small letters has up to four. */
function fitFact(text: string, width: number, { factMaxPx }: Layout, renderer: Renderer): FittedText {
  const box = { width, height: 250, weight: 700 } as const
  const one = { ...box, maxLines: 1, maxPx: factMaxPx.oneLine, minPx: FACT_MIN_PX }
  const oneLine = fitText(text, one, renderer)
  if (oneLine.lines.length === 1) return oneLine
  return fitText(text, { ...box, maxLines: 4, maxPx: factMaxPx.more, minPx: 40 }, renderer)
}

/** The host on one line and the path on the next, in letters of one size. */
function fitAddress(address: string, width: number, renderer: Renderer): FittedText {
  const slash = address.indexOf('/')
  const box = { width, height: 200, maxLines: 1, maxPx: 64, minPx: 32, weight: 400 } as const
  const parts = [address.slice(0, slash), address.slice(slash)].map((part) => fitText(part, box, renderer))
  return {
    lines: parts.flatMap(({ lines }) => lines),
    sizePx: Math.min(...parts.map(({ sizePx }) => sizePx)),
    weight: 400,
  }
}

/** Its quiet zone lies in the margin, so that the code is in line with the texts. */
function qrCode(link: string, top: number, size: number): string {
  const svg = qrSvg(link)
  const modules = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]) - 2 * QUIET_MODULES
  const quiet = (QUIET_MODULES / modules) * size
  const width = size + 2 * quiet
  const left = Math.max(0, LEFT - quiet)
  return svg.replace('<svg ', `<svg x="${left}" y="${top - quiet}" width="${width}" height="${width}" `)
}
