import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import subsetFont from 'subset-font'

/**
 * `bun apps/web/scripts/hanja-font.ts <NotoSansKR-Bold.ttf>`: writes the font with which pictures draw Hanja, which
 * Pretendard lacks: the 4,622 of KS X 1001, the Korean standard.
 */
const [source] = process.argv.slice(2)
if (source === undefined) throw new Error('Name the file of Noto Sans KR in weight 700')

/** Rows 0xCA to 0xFD of EUC-KR. */
function hanja(): string[] {
  const decoder = new TextDecoder('euc-kr')
  const characters = new Set<string>()
  for (let row = 0xca; row <= 0xfd; row++)
    for (let cell = 0xa1; cell <= 0xfe; cell++)
      characters.add(decoder.decode(new Uint8Array([row, cell])).normalize('NFC'))
  return [...characters].filter((character) => /^\p{Script=Han}$/u.test(character))
}

const characters = hanja()
const font = await subsetFont(readFileSync(source), characters.join(''), { targetFormat: 'truetype' })
writeFileSync(join(import.meta.dirname, '../src/lib/fonts/hanja.ttf'), font)
process.stdout.write(`${characters.length} characters, ${font.length} bytes\n`)
