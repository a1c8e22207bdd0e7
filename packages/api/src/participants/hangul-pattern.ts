import { disassemble } from 'es-hangul'

const FIRST_SYLLABLE = 0xac00
const SYLLABLES_PER_INITIAL = 588
/** The initial consonants, in the order of the syllables. */
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'

const isSyllable = (character: string) => /^[가-힣]$/.test(character)

/** The first of the syllables that begin with the same consonant. */
const firstOf = (consonant: string) => FIRST_SYLLABLE + INITIALS.indexOf(consonant) * SYLLABLES_PER_INITIAL

/** A class of the syllables that begin with a consonant, and the consonant itself. */
function startingWith(consonant: string): string {
  const first = firstOf(consonant)
  return `[${consonant}${String.fromCharCode(first)}-${String.fromCharCode(first + SYLLABLES_PER_INITIAL - 1)}]`
}

/**
 * What the syllable that is typed last may become: itself; a longer one, as 하 becomes 한 and 흐 becomes 희; or one
 * that gives its last key to the next syllable, as 한 becomes 하늘.
 */
function unfinished(syllable: string): string {
  /** Such as ㅎㅏㄴ. */
  const keys = disassemble(syllable)
  const first = firstOf(keys.charAt(0))
  const related = Array.from({ length: SYLLABLES_PER_INITIAL }, (_, at) => {
    const character = String.fromCharCode(first + at)
    return { character, keys: disassemble(character) }
  })
  const longer = related.filter((each) => each.keys.startsWith(keys)).map(({ character }) => character)
  const before = related.find((each) => each.keys === keys.slice(0, -1))
  const last = keys.slice(-1)
  const split = before && INITIALS.includes(last) ? `|${before.character}\\s*${startingWith(last)}` : ''
  return `(?:[${longer.join('')}]${split})`
}

/** Where a text is found in a name; the source of a regular expression for its flags `i` and `u`. */
export function hangulPattern(text: string): string {
  // Some keyboards join consonants that are typed one after another: ㄳ for ㄱ and ㅅ.
  const characters = [...text].flatMap((each) => (/^[ㄱ-ㅎ]$/.test(each) ? [...disassemble(each)] : [each]))
  return characters
    .map((character, at) => {
      if (INITIALS.includes(character)) return startingWith(character)
      if (at === characters.length - 1 && isSyllable(character)) return unfinished(character)
      return RegExp.escape(character)
    })
    .join('\\s*')
}
