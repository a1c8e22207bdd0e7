const startsFormula = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/

/**
 * A cell that spreadsheets show as text: an apostrophe precedes anything that they would evaluate as a
 * formula (OWASP, CSV injection). Our own rather than csv-stringify, whose `escape_formulas` misses formulas
 * after leading white space and after line ends.
 */
function cell(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'number' ? String(value) : startsFormula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One row of CSV (RFC 4180), line end included. */
export const csvRow = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(cell).join(',')}\r\n`

/** The byte order mark, by which spreadsheets recognise UTF-8. */
export const CSV_BOM = '\ufeff'
