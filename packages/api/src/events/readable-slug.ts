import { romanize } from 'es-hangul'

const MAX_LENGTH = 40

/**
 * The readable part of an address: Latin letters, digits and single hyphens, at most 40 characters; may be
 * empty.
 */
export function readableSlug(title: string): string {
  // es-hangul looks its input up in an object, and throws for `toString`: it gets whole syllables only.
  const words = title
    .normalize('NFC')
    .replace(/[\uac00-\ud7a3]+/g, (syllables) => romanize(syllables))
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f']/g, '')
    .match(/[a-z0-9]+/g)
  let slug = ''
  for (const word of words ?? []) {
    const longer = slug === '' ? word.slice(0, MAX_LENGTH) : `${slug}-${word}`
    if (longer.length > MAX_LENGTH) break
    slug = longer
  }
  return slug
}
