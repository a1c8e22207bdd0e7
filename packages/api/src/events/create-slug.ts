import { randomInt } from 'node:crypto'
import { romaniseHangul } from './romanise-hangul.ts'

const suffixLetters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** The readable part of an address: Latin letters, digits and single hyphens, at most 40; '' where nothing is left. */
export function readableSlug(title: string): string {
  const words = romaniseHangul(title)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f']/g, '')
    .match(/[a-z0-9]+/g)
  let slug = ''
  for (const word of words ?? []) {
    const longer = slug === '' ? word.slice(0, 40) : `${slug}-${word}`
    if (longer.length > 40) break
    slug = longer
  }
  return slug
}

/** A slug that `isTaken` says is free: readable, with four random characters where the readable one is taken or empty. */
export async function makeSlug(title: string, isTaken: (slug: string) => Promise<boolean>): Promise<string> {
  const readable = readableSlug(title)
  if (readable.length >= 3 && !(await isTaken(readable))) return readable
  for (;;) {
    const suffix = Array.from({ length: 4 }, () => suffixLetters[randomInt(suffixLetters.length)]).join('')
    const slug = `${readable || 'event'}-${suffix}`
    if (!(await isTaken(slug))) return slug
  }
}
