import { createCanvas, toPng } from '#lib/canvas-png.ts'
import { wrapText } from '#lib/wrap-text.ts'

interface TicketTexts {
  shopName: string
  title: string
  date: string
  number: string
  holder: string
  tickets: string
  announced: string
}

const WIDTH_PX = 900
const PADDING_PX = 64
const LINE_HEIGHT_PX = 46
const font = (size: number, weight = 400) =>
  `${weight} ${size}px "Pretendard Variable", system-ui, sans-serif`

/** Draws the ticket as a PNG for the phone's photos. The colours are those of paper, in dark mode too. */
export async function drawTicket(texts: TicketTexts): Promise<Blob> {
  // The canvas does not wait for the font's subsets by itself.
  const all = Object.values(texts).join('')
  await Promise.all([400, 600, 800].map((weight) => document.fonts.load(font(40, weight), all)))

  const [canvas, context] = createCanvas(WIDTH_PX, 0)
  const [left, right] = [2 * PADDING_PX, WIDTH_PX - 2 * PADDING_PX]
  context.font = font(34)
  const title = wrapText(texts.title, right - left, widthIn(context))
  context.font = font(38, 600)
  const shop = wrapText(texts.shopName, right - left - 220, widthIn(context))
  const holder = wrapText(texts.holder, right - left - 240, widthIn(context))
  const titleTop = 204 + (shop.length - 1) * LINE_HEIGHT_PX
  const cut = titleTop + 226 + title.length * LINE_HEIGHT_PX
  const height = cut + 270 + (holder.length - 1) * LINE_HEIGHT_PX
  // Setting the height also resets the context, so everything is drawn after it.
  canvas.height = height

  context.fillStyle = '#faf7f1'
  context.fillRect(0, 0, WIDTH_PX, height)
  paper(context, cut, height)

  shop.forEach((line, i) => {
    write(context, line, left, 150 + i * LINE_HEIGHT_PX, font(38, 600), '#1d1b17', 'left')
  })
  write(context, texts.date, right, 150, font(34), '#6b655a', 'right')
  title.forEach((line, i) => {
    write(context, line, left, titleTop + i * LINE_HEIGHT_PX, font(34), '#6b655a', 'left')
  })
  write(context, texts.number, WIDTH_PX / 2, cut - 90, font(100, 800), '#1d1b17', 'center')
  holder.forEach((line, i) => {
    write(context, line, left, cut + 96 + i * LINE_HEIGHT_PX, font(38, 600), '#1d1b17', 'left')
  })
  write(context, texts.tickets, right, cut + 96, font(34), '#6b655a', 'right')
  write(context, texts.announced, WIDTH_PX / 2, height - 44, font(30), '#6b655a', 'center')
  return toPng(canvas)
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  textFont: string,
  colour: string,
  align: CanvasTextAlign,
): void {
  context.font = textFont
  context.fillStyle = colour
  context.textAlign = align
  context.fillText(text, x, y)
}

const widthIn = (context: CanvasRenderingContext2D) => (text: string) => context.measureText(text).width

/** The paper with its two notches, and the perforation between them. */
function paper(context: CanvasRenderingContext2D, cut: number, height: number): void {
  const [top, bottom, notch] = [PADDING_PX, height - 110, 26]
  const [left, right] = [PADDING_PX, WIDTH_PX - PADDING_PX]
  context.save()
  context.shadowColor = 'rgb(74 58 28 / 0.16)'
  context.shadowBlur = 40
  context.shadowOffsetY = 14
  context.fillStyle = '#fffdf8'
  context.beginPath()
  context.moveTo(left + 32, top)
  context.arcTo(right, top, right, bottom, 32)
  context.lineTo(right, cut - notch)
  context.arc(right, cut, notch, -Math.PI / 2, Math.PI / 2, true)
  context.arcTo(right, bottom, left, bottom, 32)
  context.arcTo(left, bottom, left, top, 32)
  context.lineTo(left, cut + notch)
  context.arc(left, cut, notch, Math.PI / 2, -Math.PI / 2, true)
  context.arcTo(left, top, right, top, 32)
  context.closePath()
  context.fill()
  context.restore()
  context.strokeStyle = '#8c8577'
  context.lineWidth = 5
  context.lineCap = 'round'
  context.setLineDash([0.1, 18])
  context.beginPath()
  context.moveTo(left + notch + 22, cut)
  context.lineTo(right - notch - 22, cut)
  context.stroke()
  context.setLineDash([])
}
