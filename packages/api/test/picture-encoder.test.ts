import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { promisify } from 'node:util'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createPictureEncoder } from '../src/pictures/encoder/picture-encoder.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { colourAt, photo, pngChunk, webpSize, withChunk, withPngSize } from './support/picture-files.ts'

const script = new URL('../src/pictures/encoder/encoder-process.ts', import.meta.url).pathname
const execute = promisify(execFile)
const warnings: string[] = []
const ignore = () => undefined
const log = {
  debug: ignore,
  info: ignore,
  error: ignore,
  warn: (_: unknown, text?: string) => void warnings.push(text ?? ''),
}
const encode = createPictureEncoder({ script, log })

const rejects = (upload: Uint8Array, code: string, by = encode) =>
  expectApiError(by(upload), 'VALIDATION_FAILED', { fields: [{ field: 'picture', code }] })

const jpeg = await photo().jpeg().toBuffer()
const png = await photo().png().toBuffer()
const webp = await photo().webp().toBuffer()
const text = (content: string) => Buffer.from(content)

describe('an upload becomes two WebP of 4:3 and a JPEG', () => {
  test.each([
    ['JPEG', () => photo().jpeg()],
    ['progressive JPEG', () => photo().jpeg({ progressive: true })],
    ['CMYK JPEG', () => photo().toColourspace('cmyk').jpeg()],
    ['grey JPEG', () => photo().grayscale().jpeg()],
    ['PNG', () => photo().png()],
    ['interlaced PNG', () => photo().png({ progressive: true })],
    ['PNG with a palette', () => photo().png({ palette: true })],
    ['PNG of 16 bits', () => photo().toColourspace('rgb16').png()],
    ['WebP', () => photo().webp()],
    ['lossless WebP with alpha', () => photo().ensureAlpha(0.5).webp({ lossless: true })],
  ])('from %s', async (_, create) => {
    const { width, small, large, jpeg: drawn } = await encode(await create().toBuffer())
    expect([width, webpSize(small), webpSize(large)]).toEqual([1440, [720, 540], [1440, 1080]])
    expect([small.byteLength <= 60_000, large.byteLength <= 150_000]).toEqual([true, true])
    expect(await sharp(drawn).metadata()).toMatchObject({ format: 'jpeg', width: 1440, height: 1080 })
  })

  test('without an EXIF of place and time, a profile or a comment, and as the camera was held', async () => {
    const upload = await photo(1200, 1600)
      .jpeg()
      .withExif({ IFD0: { Copyright: 'secret-owner' }, IFD3: { GPSLatitude: '37/1 33/1 0/1' } })
      .withMetadata({ orientation: 6, icc: 'p3' })
      .toBuffer()
    expect(upload.includes('secret-owner')).toBe(true)
    const { large, small, jpeg: drawn, width } = await encode(upload)
    expect(width).toBe(1440)
    for (const bytes of [large, small, drawn]) {
      expect(Buffer.from(bytes).includes('secret-owner')).toBe(false)
      const { exif, icc, xmp, orientation } = await sharp(bytes).metadata()
      expect([exif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined])
    }
    // Turned clockwise, what was above is on the right.
    const [right, left] = [await colourAt(large, 0.9, 0.5), await colourAt(large, 0.1, 0.5)]
    expect((right[2] ?? 0) > (right[0] ?? 0) && (left[0] ?? 0) > (left[2] ?? 0)).toBe(true)
  })

  test('in sRGB: a red of Display P3 becomes the red that it looks like', async () => {
    const red = sharp({ create: { width: 800, height: 600, channels: 3, background: '#c83232' } })
    const upload = await red.withIccProfile('p3').png().toBuffer()
    const [plain, wide] = [await red.png().toBuffer(), upload]
    const pixel = async (bytes: Uint8Array) => colourAt((await encode(bytes)).large, 0.5, 0.5)
    const [expected, got] = [await pixel(plain), await pixel(wide)]
    for (const [i, channel] of got.entries()) expect(Math.abs(channel - (expected[i] ?? 0))).toBeLessThan(6)
  })

  test('cut in its middle, and on white where it is transparent', async () => {
    const tall = await encode(await photo(900, 2000).png().toBuffer())
    expect(webpSize(tall.large)).toEqual([900, 675])
    const [above, below] = [await colourAt(tall.large, 0.9, 0.05), await colourAt(tall.large, 0.9, 0.95)]
    expect((above[2] ?? 0) > (above[0] ?? 0) && (below[0] ?? 0) > (below[2] ?? 0)).toBe(true)
    const clear = { create: { width: 800, height: 600, channels: 4, background: '#0000' } } as const
    const { large } = await encode(await sharp(clear).png().toBuffer())
    for (const channel of await colourAt(large, 0.5, 0.5)) expect(channel).toBeGreaterThan(250)
  })

  test('never wider than it was, from 400 × 300 px on', async () => {
    const { width, small, large } = await encode(await photo(400, 300).png().toBuffer())
    expect([width, webpSize(small), webpSize(large)]).toEqual([400, [400, 300], [400, 300]])
    await rejects(await photo(399, 300).png().toBuffer(), 'picture.too_small')
    await rejects(await photo(3000, 299).png().toBuffer(), 'picture.too_small')
  })

  test('of noise too, which nothing compresses: it gets fewer pixels', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 80 } as const
    const upload = await sharp({
      create: { width: 1440, height: 1080, channels: 3, background: '#888', noise },
    })
      .png()
      .toBuffer()
    const { width, small, large } = await encode(upload)
    expect([width < 1440, small.byteLength <= 60_000, large.byteLength <= 150_000]).toEqual([
      true,
      true,
      true,
    ])
  })
})

describe('rejects', () => {
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', text('x'.repeat(1000))],
    ['an SVG', text(`<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"/>${' '.repeat(99)}`)],
    ['a PDF', text(`%PDF-1.7\n${' '.repeat(99)}`)],
  ])('%s, whatever its name says', async (_, upload) => {
    await rejects(upload, 'picture.type')
  })

  test('other kinds of pictures', async () => {
    for (const other of [photo().gif(), photo().tiff(), photo(400, 300).avif()])
      await rejects(await other.toBuffer(), 'picture.type')
  })

  test('an animated PNG and an animated WebP', async () => {
    const animation = Buffer.alloc(8)
    animation.writeUInt32BE(2)
    await rejects(withChunk(png, 'acTL', animation), 'picture.animated')
    const frames = await photo(400, 600).raw().toBuffer({ resolveWithObject: true })
    const moving = sharp(frames.data, { raw: { width: 400, height: 600, channels: 3, pageHeight: 300 } })
    await rejects(await moving.webp({ loop: 0, delay: [100, 100] }).toBuffer(), 'picture.animated')
  })

  test.each([
    ['a page', '<script>alert(1)</script>'],
    ['an archive', 'PK\x03\x04\x14\0rest'],
    ['a document', '%PDF-1.7'],
    ['a program', '<?php echo 1;'],
  ])('a picture with %s behind it', async (_, tail) => {
    for (const picture of [jpeg, png, webp])
      await rejects(Buffer.concat([picture, text(tail)]), 'picture.attached')
  })

  test('nothing because of what phones append: a second picture, a video, a trailer', async () => {
    for (const tail of [jpeg, text('\0\0\0\x18ftypmp42'), text('SEFH trailer SEFT')])
      expect(await encode(Buffer.concat([jpeg, tail]))).toMatchObject({ width: 1440 })
  })

  test('a page inside a comment is taken out', async () => {
    const comment = text('<script>alert(1)</script>')
    const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment])
    const polyglot = Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)])
    const { large, small, jpeg: drawn } = await encode(polyglot)
    for (const bytes of [large, small, drawn]) expect(Buffer.from(bytes).includes('<script>')).toBe(false)
  })

  test('more than 8 MB, and more than 40 megapixels by its header', async () => {
    await rejects(Buffer.concat([jpeg, Buffer.alloc(8_000_001 - jpeg.length)]), 'picture.too_large')
    await rejects(withPngSize(png, 8_000, 5_001), 'picture.pixels')
    await rejects(withPngSize(png, 60_000, 60_000), 'picture.pixels')
    await rejects(withPngSize(png, 0x7fffffff, 0x7fffffff), 'picture.broken')
  })

  test('a bomb: 40 megapixels in a few kilobytes become a picture, more do not, and neither takes long', async () => {
    const flat = (width: number, height: number) => {
      const header = Buffer.alloc(13)
      header.writeUInt32BE(width, 0)
      header.writeUInt32BE(height, 4)
      header.set([1, 0], 8)
      const rows = deflateSync(Buffer.alloc((width / 8 + 1) * height))
      const chunks = [pngChunk('IHDR', header), pngChunk('IDAT', rows), pngChunk('IEND', Buffer.alloc(0))]
      return Buffer.concat([png.subarray(0, 8), ...chunks])
    }
    expect(await encode(flat(8_000, 5_000))).toMatchObject({ width: 1440 })
    await rejects(flat(8_000, 5_008), 'picture.pixels')
    const profile = Buffer.concat([text('p\0\0'), deflateSync(Buffer.alloc(100_000_000))])
    expect(await encode(withChunk(png, 'iCCP', profile))).toMatchObject({ width: 1440 })
  })

  test('what was cut off, or is damaged in its header', async () => {
    for (const picture of [jpeg, png, webp]) {
      await rejects(picture.subarray(0, picture.length / 2), 'picture.broken')
      await rejects(picture.subarray(0, 40), 'picture.broken')
    }
  })
})

describe('the process', () => {
  test('is killed where it takes too long or too much memory: an error of the field, and the next upload works', async () => {
    for (const limit of [{ timeMs: 1 }, { memoryBytes: 1 }]) {
      warnings.length = 0
      await rejects(jpeg, 'picture.broken', createPictureEncoder({ script, log, ...limit }))
      expect(warnings).toEqual(['an uploaded picture could not be encoded'])
    }
    expect(await encode(jpeg)).toMatchObject({ width: 1440 })
  })

  test('is one at a time: two uploads at once both become pictures, and the fifth has to wait outside', async () => {
    const all = Array.from({ length: 5 }, () => encode(jpeg))
    const [fifth] = all.splice(4)
    await expectApiError(fifth ?? Promise.resolve(), 'UNAVAILABLE')
    for (const { width } of await Promise.all(all)) expect(width).toBe(1440)
  })

  test('that returns something else than pictures stores nothing', async () => {
    for (const file of readdirSync(new URL('./support/wrong-encoders', import.meta.url))) {
      const wrong = new URL(`./support/wrong-encoders/${file}`, import.meta.url).pathname
      await rejects(jpeg, 'picture.broken', createPictureEncoder({ script: wrong, log }))
    }
  })

  test('gets no secret of ours', async () => {
    process.env.SECRET_OF_TEST = 'secret'
    const lists = new URL('./support/wrong-encoders/environment.ts', import.meta.url).pathname
    const problems: unknown[] = []
    const listening = { ...log, warn: (context: unknown) => void problems.push(context) }
    await rejects(jpeg, 'picture.broken', createPictureEncoder({ script: lists, log: listening }))
    delete process.env.SECRET_OF_TEST
    expect(JSON.stringify(problems.map((problem) => String(Reflect.get(Object(problem), 'err'))))).toContain(
      'environment: {}',
    )
  })

  test('that gets a thousand pictures with wrong bytes ends with a picture or a reason for each', async () => {
    const fuzzed = new URL('./support/fuzzed-pictures-process.ts', import.meta.url).pathname
    const { stdout } = await execute(process.execPath, [fuzzed, '1', '1000'], { cwd: '/' })
    const results = z.record(z.string(), z.int()).parse(JSON.parse(stdout))
    expect(results).toMatchObject({ encoded: expect.any(Number), 'picture.broken': expect.any(Number) })
    expect(Object.values(results).reduce((sum, count) => sum + count)).toBe(1000)
  }, 120_000)
})
