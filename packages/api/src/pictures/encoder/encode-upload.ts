import sharp, { type Sharp } from 'sharp'
import type { EncodedPicture } from '../set-picture.ts'
import { MAX_JPEG_BYTES, MAX_LARGE_BYTES, MAX_SMALL_BYTES } from './check-encoded.ts'
import { inspectUpload } from './inspect-upload.ts'
import type { UploadError } from './upload-error.ts'

const MAX_PIXELS = 40_000_000
const MIN_WIDTH_PX = 400
const SMALL_WIDTH_PX = 720
/** A picture that is too large in bytes at a width is tried at the next. */
const LARGE_WIDTHS_PX = [1440, 1200, 960, 720, 400]
const BEST_QUALITY = 82
/** Below it, fewer pixels look better than more. */
const LEAST_QUALITY = 34
const QUALITY_STEPS = 3
/** At the least quality, what has more bytes than this at the best is too large as well: no need to try. */
const HOPELESS_RATIO = 4

const formats = ['jpeg', 'png', 'webp']
const loaders = ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer']

// One picture per process: a cache and threads would only cost memory.
sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: loaders })

/**
 * Decodes an upload: upright, cut to 4:3 in its middle, in sRGB, on white, without metadata, and never wider than it
 * was. The header is read before any pixel. Resolves to what is wrong with it where it cannot be used.
 */
export async function encodeUpload(upload: Uint8Array): Promise<EncodedPicture | UploadError> {
  const wrong = inspectUpload(upload)
  if (wrong) return wrong
  const input = { limitInputPixels: MAX_PIXELS, sequentialRead: true, failOn: 'error' } as const
  // limitInputPixels throws for the header as well, so that a bomb is named before it is decoded.
  const header = await sharp(upload, { ...input, limitInputPixels: false })
    .metadata()
    .catch(() => null)
  if (!header || !formats.includes(header.format)) return 'picture.broken'
  if (header.width * header.height > MAX_PIXELS) return 'picture.pixels'
  if ((header.pages ?? 1) > 1) return 'picture.animated'
  const width = croppedWidth(header.autoOrient)
  if (width < MIN_WIDTH_PX) return 'picture.too_small'
  try {
    return await encode(sharp(upload, input), width)
  } catch {
    // Whatever the decoder says, the picture is what is wrong: it was bounded before.
    return 'picture.broken'
  }
}

/** The width of the largest 4:3 part, at most that of a large picture; divisible by 4, so that the height is whole. */
function croppedWidth({ width, height }: { width: number; height: number }): number {
  return Math.floor(Math.min(width, (height * 4) / 3, LARGE_WIDTHS_PX[0] ?? 0) / 4) * 4
}

async function encode(decoder: Sharp, width: number): Promise<EncodedPicture> {
  const cropped = await decoder
    .autoOrient()
    .resize(width, (width * 3) / 4, { fit: 'cover', position: 'centre' })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const { data, info } = cropped
  const atWidth = (px: number) =>
    sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } }).resize(px)

  const large = await largest(atWidth, width)
  const isSmall = large.width <= SMALL_WIDTH_PX && large.bytes.byteLength <= MAX_SMALL_BYTES
  const small = isSmall
    ? large.bytes
    : await atBestQuality(atWidth(Math.min(SMALL_WIDTH_PX, large.width)), 'webp', MAX_SMALL_BYTES, 1)
  const jpeg = await atBestQuality(atWidth(large.width), 'jpeg', MAX_JPEG_BYTES, 1)
  if (!small || !jpeg) throw new Error('no quality makes the picture small enough')
  return { width: large.width, small, large: large.bytes, jpeg }
}

async function largest(
  atWidth: (px: number) => Sharp,
  width: number,
): Promise<{ width: number; bytes: Uint8Array }> {
  for (const px of [width, ...LARGE_WIDTHS_PX.filter((narrower) => narrower < width)]) {
    const bytes = await atBestQuality(atWidth(px), 'webp', MAX_LARGE_BYTES, LEAST_QUALITY)
    if (bytes) return { width: px, bytes }
  }
  throw new Error('no width makes the picture small enough')
}

/** The best of a few qualities at which it has at most `maxBytes`; null where it has more at `least`. */
async function atBestQuality(
  picture: Sharp,
  format: 'webp' | 'jpeg',
  maxBytes: number,
  least: number,
): Promise<Uint8Array | null> {
  const at = (quality: number) => picture.clone()[format]({ quality }).toBuffer()
  const best = await at(BEST_QUALITY)
  if (best.byteLength <= maxBytes) return best
  if (least === LEAST_QUALITY && best.byteLength > HOPELESS_RATIO * maxBytes) return null
  let fitting = await at(least)
  if (fitting.byteLength > maxBytes) return null
  let [low, high] = [least, BEST_QUALITY]
  for (let step = 0; step < QUALITY_STEPS; step++) {
    const quality = Math.round((low + high) / 2)
    const bytes = await at(quality)
    if (bytes.byteLength <= maxBytes) [low, fitting] = [quality, bytes]
    else high = quality
  }
  return fitting
}
