import type { EncodedPicture } from '../set-picture.ts'
import { jpegSegments } from './jpeg-segments.ts'

export const MAX_SMALL_BYTES = 60_000
export const MAX_LARGE_BYTES = 150_000
export const MAX_JPEG_BYTES = 300_000

/** Tables, frame, scan, restart interval and JFIF's header: what a JPEG needs, and nothing that says anything. */
const PLAIN_MARKERS = new Set([0xc0, 0xc2, 0xc4, 0xd8, 0xd9, 0xda, 0xdb, 0xdd, 0xe0])

/**
 * Throws for what is not exactly what the encoder makes: WebP of one lossy frame and JPEG, of these sizes, without
 * metadata and without a byte behind. So whatever an upload does to the process that decodes it, nothing else is stored.
 */
export function checkEncoded({ width, small, large, jpeg }: EncodedPicture): EncodedPicture {
  const isRight =
    width >= 400 &&
    width <= 1440 &&
    width % 4 === 0 &&
    isPlainWebp(small, Math.min(width, 720), MAX_SMALL_BYTES) &&
    isPlainWebp(large, width, MAX_LARGE_BYTES) &&
    isPlainJpeg(jpeg, width)
  if (!isRight) throw new Error('the encoder returned something else than pictures')
  return { width, small, large, jpeg }
}

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** RFC 9649: the simple file format holds one chunk, and nowhere to put metadata. */
function isPlainWebp(webp: Uint8Array, width: number, maxBytes: number): boolean {
  const bytes = bufferOf(webp)
  if (bytes.length < 30 || bytes.length > maxBytes) return false
  const chunk = bytes.readUInt32LE(16)
  return (
    bytes.toString('latin1', 0, 4) === 'RIFF' &&
    bytes.readUInt32LE(4) === bytes.length - 8 &&
    bytes.toString('latin1', 8, 16) === 'WEBPVP8 ' &&
    chunk + (chunk % 2) === bytes.length - 20 &&
    bytes.readUIntBE(23, 3) === 0x9d_01_2a &&
    bytes.readUInt16LE(26) === width &&
    bytes.readUInt16LE(28) === (width * 3) / 4
  )
}

function isPlainJpeg(jpeg: Uint8Array, width: number): boolean {
  const bytes = bufferOf(jpeg)
  if (bytes.length > MAX_JPEG_BYTES) return false
  const segments = [...jpegSegments(bytes)]
  const frame = segments.find(({ marker }) => marker === 0xc0 || marker === 0xc2)?.start
  return (
    frame !== undefined &&
    bytes.readUInt16BE(frame + 5) === (width * 3) / 4 &&
    bytes.readUInt16BE(frame + 7) === width &&
    segments.every(({ marker }) => PLAIN_MARKERS.has(marker)) &&
    segments.at(-1)?.marker === 0xd9 &&
    segments.at(-1)?.end === bytes.length
  )
}
