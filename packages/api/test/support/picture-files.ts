import { crc32 } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

/** A picture with edges and shades, as a photograph has: blue above, red below, light on the left. */
export function photo(width = 1600, height = 1200): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="g"><stop stop-color="#fff" stop-opacity=".6"/><stop offset="1" stop-opacity=".3"/></linearGradient>
    <rect width="100%" height="50%" fill="#2040c0"/><rect y="50%" width="100%" height="50%" fill="#c03020"/>
    <rect width="100%" height="100%" fill="url(#g)"/><circle cx="50%" cy="50%" r="15%" fill="#f5e050"/></svg>`
  return sharp(Buffer.from(svg)).flatten({ background: '#fff' })
}

/** A chunk of PNG with its checksum. */
export function pngChunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.byteLength)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

const AFTER_IHDR = 33

/** A PNG with another chunk in front of its pixels. */
export const withChunk = (png: Buffer, type: string, content: Uint8Array): Buffer =>
  Buffer.concat([png.subarray(0, AFTER_IHDR), pngChunk(type, content), png.subarray(AFTER_IHDR)])

/** A PNG whose header names another size. */
export function withPngSize(png: Buffer, width: number, height: number): Buffer {
  const header = Buffer.from(png.subarray(16, 29))
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  return Buffer.concat([png.subarray(0, 8), pngChunk('IHDR', header), png.subarray(AFTER_IHDR)])
}

/** The size of a WebP of one lossy frame. */
export const webpSize = (webp: Uint8Array): [number, number] => {
  const bytes = Buffer.from(webp)
  return [bytes.readUInt16LE(26), bytes.readUInt16LE(28)]
}

/** Red, green and blue of one pixel, at fractions of width and height. */
export async function colourAt(picture: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
  return [...data.subarray(at, at + 3)]
}

/** Deterministic numbers below 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Corrects the checksums of a PNG in place, as far as its lengths lead; leaves other bytes alone. */
export function withRightSums(bytes: Buffer): void {
  if (bytes[0] !== 0x89) return
  for (let at = 8; at + 12 <= bytes.length; ) {
    const sumAt = at + 8 + bytes.readUInt32BE(at)
    if (sumAt + 4 > bytes.length) return
    bytes.writeUInt32BE(crc32(bytes.subarray(at + 4, sumAt)), sumAt)
    at = sumAt + 4
  }
}
