import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'
import { entryPageTexts, hangulOf } from './entry-page-texts.ts'

/**
 * `bun apps/web/scripts/subset-font.ts`: writes the font of the entry page and the list of its characters.
 * Run it after a text of that page has changed; a test holds both together.
 */
const fonts = join(import.meta.dirname, '../src/lib/fonts')
const pretendard = dirname(fileURLToPath(import.meta.resolve('pretendard/package.json')))
const variable = join(pretendard, 'dist/web/variable')

/** Pretendard's slices of the most frequent Hangul, most frequent first: for the texts of shops. */
const FREQUENT_SLICES = [91, 90, 89]
const PUNCTUATION = '·–—…‘’“”×'

/** `length` characters from the code point `first` on. */
const charactersFrom = (first: number, length: number) =>
  String.fromCodePoint(...Array.from({ length }, (_, position) => first + position))

function frequentHangul(): string {
  const styles = readFileSync(join(variable, 'pretendardvariable-dynamic-subset.css'), 'utf8')
  const ranges = FREQUENT_SLICES.map(
    (slice) => new RegExp(`subset\\.${slice}\\.woff2[^}]*?unicode-range:([^;]+)`).exec(styles)?.[1] ?? '',
  )
  return Array.from(ranges.join().matchAll(/U\+(\w+)(?:-(\w+))?/gi), ([, from = '', to = from]) => {
    const first = Number.parseInt(from, 16)
    return charactersFrom(first, Number.parseInt(to, 16) - first + 1)
  }).join('')
}

const texts = [...entryPageTexts(), frequentHangul()].join('')
const characters = [...new Set([...charactersFrom(32, 95), ...PUNCTUATION, ...hangulOf(texts)])]
  .sort()
  .join('')
// Without alternates such as digits of equal width: no table is on the page.
const font = await subsetFont(readFileSync(join(variable, 'woff2/PretendardVariable.woff2')), characters, {
  targetFormat: 'woff2',
  variationAxes: { wght: { min: 400, max: 800 } },
  noLayoutClosure: true,
  keepFeatures: ['kern'],
})
writeFileSync(join(fonts, 'entry-page.woff2'), font)
writeFileSync(
  join(fonts, 'characters.ts'),
  `/** The characters of entry-page.woff2. Written by scripts/subset-font.ts. */
export const CHARACTERS =
  ${JSON.stringify(characters)}
`,
)
process.stdout.write(`${characters.length} characters, ${font.length} bytes\n`)
