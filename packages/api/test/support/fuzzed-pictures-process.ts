import { checkEncoded } from '../../src/pictures/encoder/check-encoded.ts'
import { photo, randomOf, withRightSums } from './picture-files.ts'

/**
 * Encodes pictures with wrong bytes near their start, and some cut off: `bun fuzzed-pictures-process.ts <seed> <count>`.
 * Writes how often each result occurred. Fails for a result that is neither pictures nor a code, and dies where the
 * decoder does.
 */
const [seed = 1, count = 100] = process.argv.slice(2).map(Number)
const random = randomOf(seed)
const below = (limit: number) => Math.floor(random() * limit)

const small = () => photo(440, 330)
const pictures = await Promise.all(
  [
    small().jpeg(),
    small().jpeg({ progressive: true }).withMetadata({ orientation: 5, icc: 'p3' }),
    small().png(),
    small().png({ progressive: true, palette: true }),
    small().webp(),
    small()
      .ensureAlpha(0.5)
      .webp({ lossless: true })
      .withExif({ IFD0: { Copyright: 'x' } }),
  ].map((picture) => picture.toBuffer()),
)
// Imported last: from then on, sharp reads no SVG any more.
const { encodeUpload } = await import('../../src/pictures/encoder/encode-upload.ts')

const INTERESTING = [0, 1, 0x7f, 0x80, 0xfe, 0xff]

function mutated(): Buffer {
  const bytes = Buffer.from(pictures[below(pictures.length)] ?? [])
  const header = Math.min(bytes.length, random() < 0.8 ? 200 : bytes.length)
  for (let change = 0; change <= below(6); change++) {
    const at = below(header)
    const choice = random()
    if (choice < 0.5) bytes[at] = below(256)
    else if (choice < 0.9) bytes[at] = INTERESTING[below(INTERESTING.length)] ?? 0
    else bytes.copyWithin(at, below(bytes.length))
  }
  if (random() < 0.7) withRightSums(bytes)
  return random() < 0.1 ? bytes.subarray(0, below(bytes.length)) : bytes
}

const results: Record<string, number> = {}
for (let n = 0; n < count; n++) {
  const encoded = await encodeUpload(mutated())
  const result = typeof encoded === 'string' ? encoded : checkEncoded(encoded).width > 0 && 'encoded'
  results[String(result)] = (results[String(result)] ?? 0) + 1
}
process.stdout.write(JSON.stringify(results))
