import { randomInt } from 'node:crypto'
import { readableSlug } from './readable-slug.ts'

const SUFFIX_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const SUFFIX_LENGTH = 4
const MIN_READABLE_LENGTH = 3

/**
 * A free slug: readable, with four random characters at its end where the readable one is taken or too short.
 */
export async function createSlug(
  title: string,
  isTaken: (slug: string) => Promise<boolean>,
): Promise<string> {
  const readable = readableSlug(title)
  if (readable.length >= MIN_READABLE_LENGTH && !(await isTaken(readable))) return readable
  for (;;) {
    const characters = Array.from({ length: SUFFIX_LENGTH }, () =>
      SUFFIX_ALPHABET.charAt(randomInt(SUFFIX_ALPHABET.length)),
    )
    const slug = `${readable || 'event'}-${characters.join('')}`
    if (!(await isTaken(slug))) return slug
  }
}
