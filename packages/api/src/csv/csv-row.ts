/** A formula's first character, also after the separators by which spreadsheets may split a cell. */
const startsFormula = /(?:^|[;,\t\r\n|])[\s"']*[=+\-@＝＋－＠]|^[\t\r\n]/

/**
 * A cell that spreadsheets show as text. Every cell is quoted, so that a program whose separator is `;` does
 * not split it, and an apostrophe precedes anything that would be evaluated as a formula, behind a separator
 * too (OWASP, CSV injection). Our own rather than csv-stringify, whose `escape_formulas` misses formulas after
 * leading white space, separators and line ends.
 */
function cell(value: string | number | null): string {
  if (value === null) return '""'
  const text = typeof value === 'number' ? String(value) : startsFormula.test(value) ? `'${value}` : value
  return `"${text.replaceAll('"', '""')}"`
}

/** One row of CSV (RFC 4180), line end included. */
export const csvRow = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(cell).join(',')}\r\n`

/** The byte order mark, by which spreadsheets recognise UTF-8. */
export const CSV_BOM = '\ufeff'
