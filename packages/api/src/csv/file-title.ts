import { splitGraphemes } from '../validation/graphemes.ts'

/** In characters as a reader counts them. */
const MAX_TITLE_LENGTH = 60
const MAX_TITLE_BYTES = 180

/**
 * A title as part of a file's name: without what Windows does not allow in names, cut between characters as a
 * reader counts them, and at most 180 bytes long, since file systems allow 255 for the whole name.
 */
export function fileTitle(title: string): string {
  const allowed = splitGraphemes(title.replace(/[\p{Cc}\p{Cs}\\/:*?"<>|]/gu, ' ').trim())
  let name = ''
  for (const character of allowed.slice(0, MAX_TITLE_LENGTH)) {
    if (Buffer.byteLength(name + character) > MAX_TITLE_BYTES) break
    name += character
  }
  return name.trim()
}
