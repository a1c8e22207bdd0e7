interface TicketTexts {
  shopName: string
  title: string
  date: string
  number: string
  holder: string
  tickets: string
  announced: string
}

const width = 900
const pad = 64
const font = (size: number, weight = 400) =>
  `${weight} ${size}px "Pretendard Variable", system-ui, sans-serif`

/** Draws the ticket as a PNG to keep among one's photographs. Colours are those of paper, also on a dark phone. */
export async function drawTicket(texts: TicketTexts): Promise<Blob> {
  // The canvas does not wait for the font's subsets by itself.
  const all = Object.values(texts).join('')
  await Promise.all([400, 600, 800].map((weight) => document.fonts.load(font(40, weight), all)))

  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser cannot draw images.')
  context.font = font(34)
  const title = wrap(context, texts.title, width - 4 * pad)
  const cut = 430 + title.length * 46
  const height = cut + 270
  canvas.width = width
  canvas.height = height

  context.fillStyle = '#faf7f1'
  context.fillRect(0, 0, width, height)
  paper(context, cut, height)

  const [left, right] = [2 * pad, width - 2 * pad]
  write(context, texts.shopName, left, 150, font(38, 600), '#1d1b17', 'left', right - left - 220)
  write(context, texts.date, right, 150, font(34), '#6b655a', 'right')
  title.forEach((line, i) => {
    write(context, line, left, 204 + i * 46, font(34), '#6b655a', 'left')
  })
  write(context, texts.number, width / 2, cut - 90, font(100, 800), '#1d1b17', 'center')
  write(context, texts.holder, left, cut + 96, font(38, 600), '#1d1b17', 'left', right - left - 240)
  write(context, texts.tickets, right, cut + 96, font(34), '#6b655a', 'right')
  write(context, texts.announced, width / 2, height - 44, font(30), '#6b655a', 'center')
  return await new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The image could not be made.'))),
      'image/png',
    )
  })
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  textFont: string,
  colour: string,
  align: CanvasTextAlign,
  maxWidth?: number,
): void {
  context.font = textFont
  context.fillStyle = colour
  context.textAlign = align
  context.fillText(text, x, y, maxWidth)
}

function wrap(context: CanvasRenderingContext2D, text: string, maxWidth: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word
    if (line && context.measureText(longer).width > maxWidth) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line].slice(0, 3)
}

/** The paper with its two notches, and the perforation between them. */
function paper(context: CanvasRenderingContext2D, cut: number, height: number): void {
  const [top, bottom, notch] = [pad, height - 110, 26]
  context.save()
  context.shadowColor = 'rgb(74 58 28 / 0.16)'
  context.shadowBlur = 40
  context.shadowOffsetY = 14
  context.fillStyle = '#fffdf8'
  context.beginPath()
  context.moveTo(pad + 32, top)
  context.arcTo(width - pad, top, width - pad, bottom, 32)
  context.lineTo(width - pad, cut - notch)
  context.arc(width - pad, cut, notch, -Math.PI / 2, Math.PI / 2, true)
  context.arcTo(width - pad, bottom, pad, bottom, 32)
  context.arcTo(pad, bottom, pad, top, 32)
  context.lineTo(pad, cut + notch)
  context.arc(pad, cut, notch, Math.PI / 2, -Math.PI / 2, true)
  context.arcTo(pad, top, width - pad, top, 32)
  context.closePath()
  context.fill()
  context.restore()
  context.strokeStyle = '#8c8577'
  context.lineWidth = 5
  context.lineCap = 'round'
  context.setLineDash([0.1, 18])
  context.beginPath()
  context.moveTo(pad + notch + 22, cut)
  context.lineTo(width - pad - notch - 22, cut)
  context.stroke()
  context.setLineDash([])
}
