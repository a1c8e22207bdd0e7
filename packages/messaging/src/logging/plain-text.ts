const MAX_LENGTH = 300

/**
 * What people typed, or what identifies them, in the texts of libraries: from the first quotation mark to the
 * last, e-mail addresses, anything but ASCII, long numbers, and words with digits that are long enough for a
 * token.
 */
const PERSONAL = [
  /(?<!\w)(["'`]).*\1/gs,
  /\S+@\S+/g,
  /[^\x20-\x7e]+/g,
  /(?:\d[\s().-]?){8,}\d/g,
  /(?=[\w+/=.~-]*\d)[\w+/=.~-]{24,}/g,
]

/** The text without what may be personal or secret, at most 300 characters. */
export function plainText(text: string): string {
  let plain = text
  for (const pattern of PERSONAL) plain = plain.replace(pattern, '[removed]')
  return plain.length > MAX_LENGTH ? `${plain.slice(0, MAX_LENGTH)}[removed]` : plain
}
