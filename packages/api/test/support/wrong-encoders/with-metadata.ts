import sharp from 'sharp'

const create = { width: 1440, height: 1080, channels: 3, background: '#888' } as const
const jpeg = await sharp({ create }).jpeg().toBuffer()
const small = await sharp({ create }).resize(720).webp().toBuffer()
// A WebP with a place for metadata.
const large = await sharp({ create })
  .webp()
  .withExif({ IFD0: { Copyright: 'x' } })
  .toBuffer()
const head = { width: 1440, small: small.byteLength, large: large.byteLength, jpeg: jpeg.byteLength }
process.stdout.write(Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), small, large, jpeg]))
