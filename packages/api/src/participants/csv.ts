const first = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/

/** A cell that spreadsheets show as text: what they would take for a formula gets an apostrophe in front (OWASP, CSV injection). */
function cell(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'number' ? String(value) : first.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One row of CSV (RFC 4180), line end included. */
export const csvRow = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(cell).join(',')}\r\n`

/** Tells spreadsheets that the file is UTF-8. */
export const csvStart = '\ufeff'
