/** How a number is grouped while it is typed: the sizes of its groups by its beginning and length. */
function groups(digits: string): [number, number] {
  if (digits.startsWith('02')) return [2, digits.length > 9 ? 4 : 3]
  if (digits.startsWith('050')) return [4, digits.length > 11 ? 4 : 3]
  if (digits.startsWith('010')) return [3, 4]
  return [3, digits.length > 10 ? 4 : 3]
}

/**
 * Hyphens as a Korean number is written (`010-1234-5678`, `02-345-6789`), also for one half typed. A number that begins
 * with + is left as it is.
 */
export function formatPhone(typed: string): string {
  const text = typed.normalize('NFKC')
  if (text.trimStart().startsWith('+')) return text
  const all = text.replace(/\D/g, '')
  const digits = all.slice(0, all.startsWith('050') ? 12 : 11)
  const [head, middle] = groups(digits)
  return [digits.slice(0, head), digits.slice(head, head + middle), digits.slice(head + middle)]
    .filter(Boolean)
    .join('-')
}

/** Formats and says where the caret belongs: behind as many digits as before, so that it does not jump while editing. */
export function formatPhoneAtCaret(typed: string, caret: number): { value: string; caret: number } {
  const value = formatPhone(typed)
  const before = typed
    .slice(0, caret)
    .normalize('NFKC')
    .replace(/[^\d+]/g, '').length
  let position = 0
  for (let seen = 0; position < value.length && seen < before; position++) {
    if (/[\d+]/.test(value[position] ?? '')) seen++
  }
  // Typing at the end of a group: stay in front of a hyphen unless the caret was at the end.
  if (caret === typed.length) position = value.length
  return { value, caret: position }
}

/** Whether it can be a Korean number; the server decides for good. */
export function looksLikePhone(typed: string): boolean {
  const digits = typed
    .normalize('NFKC')
    .replace(/[\s().-]/g, '')
    .replace(/^(\+|00)?82\(?0?\)?/, '0')
  return /^(010\d{8}|01[16-9]\d{7,8}|02\d{7,8}|0[3-6][1-5]\d{7,8}|070\d{8}|080\d{7,8}|050\d{8,9}|1[5-9]\d{6})$/.test(
    digits,
  )
}
