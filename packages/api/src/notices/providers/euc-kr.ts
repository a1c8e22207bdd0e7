/**
 * Text messages in Korea are EUC-KR: the phone networks reject any other character, and charge by the byte.
 */

const FIRST_BYTE = 0xa1
const LAST_BYTE = 0xfe

let wansung: ReadonlySet<string> | undefined

/** The characters of KS X 1001, from the decoder of the platform. */
function wansungCharacters(): ReadonlySet<string> {
  if (wansung) return wansung
  const decoder = new TextDecoder('euc-kr')
  const characters = new Set<string>()
  for (let lead = FIRST_BYTE; lead <= LAST_BYTE; lead++)
    for (let trail = FIRST_BYTE; trail <= LAST_BYTE; trail++)
      characters.add(decoder.decode(new Uint8Array([lead, trail])))
  characters.delete('\ufffd')
  wansung = characters
  return characters
}

const isAscii = (character: string): boolean => /^[\n\x20-\x7e]$/.test(character)

const substitutes: Record<string, string> = { '–': '-', '—': '-', '•': '·', '₩': '￦', '\u00a0': ' ' }

/**
 * A text in the characters of KS X 1001: rare syllables become `?`, and everything else that it lacks, such as
 * emoji, is left out.
 * @example toEucKrText('축하해요 🎉') // => '축하해요'
 */
export function toEucKrText(text: string): string {
  const known = wansungCharacters()
  const replaced = Array.from(text.normalize('NFC'), (character) => {
    const candidate = substitutes[character] ?? character
    if (isAscii(candidate) || known.has(candidate)) return candidate
    return /\p{Script=Hangul}|\p{Script=Han}/u.test(candidate) ? '?' : ''
  })
  return replaced.join('').replace(/ {2,}/g, ' ').replace(/ +$/gm, '')
}

/** Bytes of a text of `toEucKrText` in EUC-KR: one for ASCII, two for everything else. */
export const eucKrLength = (text: string): number =>
  Array.from(text).reduce((bytes, character) => bytes + (isAscii(character) ? 1 : 2), 0)
