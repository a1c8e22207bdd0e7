import { getChoseong } from 'es-hangul'

const normalize = (text: string) => text.normalize('NFC').toLowerCase().replace(/\s+/g, '')

/**
 * Whether a name contains a text, in any case and with any spaces; a text of initial consonants alone also
 * finds the names that have them.
 * @example createNameMatcher('ㄱㅎㄴ')('김 하늘') // => true
 */
export function createNameMatcher(part: string): (name: string) => boolean {
  const sought = normalize(part)
  const byInitials = /^[ㄱ-ㅎ]+$/.test(sought)
  return (name) => {
    const text = normalize(name)
    return text.includes(sought) || (byInitials && getChoseong(text).includes(sought))
  }
}
