import { encode, renderSVG } from 'uqr'
import { createCanvas, toPng } from './canvas-png.ts'

/**
 * Error correction M survives scratches on a poster; the standard (ISO/IEC 18004) demands a quiet zone of 4
 * modules.
 */
const OPTIONS = { ecc: 'M', border: 4 } as const
const PNG_WIDTH_PX = 1_000

/** A QR code as SVG text, dark on white: scanners need it so, in dark mode too. */
export function qrSvg(text: string): string {
  const svg = renderSVG(text, { ...OPTIONS, pixelSize: 1 })
  // Without it, neighbouring modules show hairlines between them at odd sizes.
  return svg.replace('<svg ', '<svg shape-rendering="crispEdges" ')
}

/** The same as a PNG about 1,000 px wide, each module a whole number of pixels. */
export function qrPng(text: string): Promise<Blob> {
  const { data, size } = encode(text, OPTIONS)
  const scale = Math.max(1, Math.round(PNG_WIDTH_PX / size))
  const [canvas, context] = createCanvas(size * scale, size * scale)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#000'
  for (const [y, row] of data.entries()) {
    for (const [x, dark] of row.entries()) if (dark) context.fillRect(x * scale, y * scale, scale, scale)
  }
  return toPng(canvas)
}
