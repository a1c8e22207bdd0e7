const initials = 'g kk n d tt r m b pp s ss - j jj ch k t p h'.split(' ')
const vowels = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ')
const finals = '- k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ')

const first = 0xac00
const last = 0xd7a3

function syllable(code: number): string {
  const offset = code - first
  const parts = [
    initials[Math.floor(offset / 588)],
    vowels[Math.floor((offset % 588) / 28)],
    finals[offset % 28],
  ]
  return parts.map((part) => (part === '-' ? '' : part)).join('')
}

/** Korean syllables in Latin letters, by the letters of the Revised Romanization; everything else stays as it is. */
export function romaniseHangul(text: string): string {
  return Array.from(text.normalize('NFC'), (character) => {
    const code = character.codePointAt(0) ?? 0
    return code >= first && code <= last ? syllable(code) : character
  }).join('')
}
