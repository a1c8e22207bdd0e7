import { MAX_UPLOAD_BYTES } from '../limits.ts'
import { endOfJpeg } from './jpeg-segments.ts'
import type { UploadError } from './upload-error.ts'

/**
 * What makes bytes behind a picture another file: an archive, a document, or a page. Each is long enough that a video of
 * some megabytes does not hold it by chance.
 */
const OTHER_FILES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: archives start with them.
  /PK\x03\x04[\s\S]\0|PK\x05\x06\0{4}|Rar!\x1a\x07|7z\xbc\xaf'\x1c|%PDF-|<!doctype|<html|<script|<svg[\s>]|<\?php|<\?xml/i

interface Container {
  matches(bytes: Buffer): boolean
  isAnimated(bytes: Buffer): boolean
  /** Where the picture ends, at most the number of bytes. */
  end(bytes: Buffer): number
}

const containers: readonly Container[] = [
  {
    matches: (bytes) => bytes.readUIntBE(0, 3) === 0xff_d8_ff,
    isAnimated: () => false,
    end: endOfJpeg,
  },
  {
    matches: (bytes) => bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
    isAnimated: (bytes) => pngChunks(bytes).some(({ type }) => type === 'acTL'),
    end: (bytes) => pngChunks(bytes).find(({ type }) => type === 'IEND')?.end ?? bytes.length,
  },
  {
    matches: (bytes) => latin1(bytes, 0, 4) === 'RIFF' && latin1(bytes, 8, 12) === 'WEBP',
    isAnimated: (bytes) => latin1(bytes, 12, 16) === 'VP8X' && ((bytes[20] ?? 0) & 0b10) !== 0,
    end: (bytes) => Math.min(bytes.length, bytes.readUInt32LE(4) + 8),
  },
]

/** The shortest WebP is longer. */
const MIN_BYTES = 30

/**
 * What is wrong with an upload as a file, whatever it is called; undefined for a JPEG, PNG or WebP that stands still
 * and carries no other file. A picture may be followed by bytes of its own kind: phones append depth maps and videos.
 * Reads the container alone, never pixels.
 */
export function inspectUpload(upload: Uint8Array): UploadError | undefined {
  if (upload.byteLength > MAX_UPLOAD_BYTES) return 'picture.too_large'
  const bytes = Buffer.from(upload.buffer, upload.byteOffset, upload.byteLength)
  const container = bytes.length >= MIN_BYTES && containers.find(({ matches }) => matches(bytes))
  if (!container) return 'picture.type'
  if (container.isAnimated(bytes)) return 'picture.animated'
  return OTHER_FILES.test(bytes.toString('latin1', container.end(bytes))) ? 'picture.attached' : undefined
}

const latin1 = (bytes: Buffer, start: number, end: number) => bytes.toString('latin1', start, end)

interface Chunk {
  type: string
  end: number
}

/** Up to the chunk that names the end, or to the last whole one. */
function pngChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const chunk = { type: latin1(bytes, at + 4, at + 8), end: at + 12 + bytes.readUInt32BE(at) }
    if (chunk.end > bytes.length) break
    chunks.push(chunk)
    if (chunk.type === 'IEND') break
    at = chunk.end
  }
  return chunks
}
