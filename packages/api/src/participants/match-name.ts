import { hangulPattern } from './hangul-pattern.ts'

/** Letters, digits and Hangul of other widths, such as Ａ and １. */
const OTHER_WIDTHS = /[\uff00-\uffef]+/g
/** Initial consonants as macOS and some keyboards send them by themselves. */
const CONJOINING_INITIALS = /[\u1100-\u1112]/g
/** What `normalizeSearch` replaces. */
const OTHER_FORMS = /[\u1100-\u1112\uff00-\uffef]/
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'

/** A text as it is compared: in NFC and of usual width. */
const normalizeSearch = (text: string): string =>
  text
    .replace(OTHER_WIDTHS, (wide) => wide.normalize('NFKC'))
    .normalize('NFC')
    .replace(CONJOINING_INITIALS, (initial) => INITIALS.charAt(initial.charCodeAt(0) - 0x1100))

/**
 * Whether a name contains a text, in any case and width and with any spaces. An initial consonant stands for every
 * syllable that begins with it, and the last syllable for all that it may become while it is typed.
 * @example createNameMatcher('ㄱㅎㄴ')('김 하늘') // => true
 * @example createNameMatcher('김한')('김하늘') // => true
 */
export function createNameMatcher(part: string): (name: string) => boolean {
  const pattern = new RegExp(hangulPattern(normalizeSearch(part).replace(/\s+/g, '')), 'iu')
  return (name) => pattern.test(name) || (OTHER_FORMS.test(name) && pattern.test(normalizeSearch(name)))
}
