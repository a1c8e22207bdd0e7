import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

const CAKE = fileURLToPath(new URL('../../scripts/demo/cake.svg', import.meta.url))

/** The demo's picture as a JPEG. */
export const cakePicture = (): Promise<Buffer> => sharp(CAKE).jpeg().toBuffer()

/** A JPEG with a light circle on a colour. */
export async function photo(colour = '#2040c0', width = 1600, height = 1200): Promise<Buffer> {
  const circle = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${colour}"/><circle cx="50%" cy="50%" r="25%" fill="#f5e0a0"/></svg>`
  return sharp(Buffer.from(circle)).jpeg().toBuffer()
}

/** What a camera sees: shades and grain everywhere, which is as many bytes as the limits allow. */
export async function grainyPhoto(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 140, sigma: 16 } as const
  const grain = { create: { width: 800, height: 600, channels: 3, background: '#888', noise } } as const
  return sharp(grain).resize(1600, 1200).jpeg({ quality: 90 }).toBuffer()
}
