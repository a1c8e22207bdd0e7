import type { EntryList } from './entry-list.ts'
import { EntryListBuilder } from './entry-list-builder.ts'

const COLUMNS = ['id', 'tickets', 'reason'] as const
type Column = (typeof COLUMNS)[number]
const PLAIN_INTEGER = /^(0|[1-9][0-9]{0,15})$/
const LINES_PER_PIECE = 4096

/**
 * A list as CSV with the header `id,tickets,reason`, in pieces of 4,096 lines, for streaming.
 * @example
 * import { entriesCsv, toEntryList } from '@eungmo/draw/list'
 *
 * const list = toEntryList([{ id: 'alice', tickets: 5 }])
 * Array.from(entriesCsv(list)).join('') // => 'id,tickets,reason\nalice,5,0\n'
 */
export function* entriesCsv(list: EntryList): Generator<string> {
  let piece = `${COLUMNS.join(',')}\n`
  for (let index = 0; index < list.size; index++) {
    piece += `${list.idAt(index)},${list.tickets[index]},${list.reasons[index]}\n`
    if (index % LINES_PER_PIECE === LINES_PER_PIECE - 1) {
      yield piece
      piece = ''
    }
  }
  if (piece !== '') yield piece
}

/**
 * The list in a CSV text; see {@link EntryCsvReader} for the format.
 * @throws {RangeError} that names the line
 * @example
 * import { parseEntriesCsv } from '@eungmo/draw/list'
 *
 * parseEntriesCsv('id,tickets\nalice,5\nbob,3\n').totalTickets // => 8
 */
export function parseEntriesCsv(text: string): EntryList {
  const reader = new EntryCsvReader()
  reader.push(text)
  return reader.finish()
}

/**
 * Reads CSV piece by piece, so that a long download can show its progress: header `id`, and optionally
 * `tickets` (defaults to 1) and `reason` (defaults to 0), in any order; numbers in plain digits; no quotes,
 * no spaces, no empty lines.
 * @example
 * import { EntryCsvReader } from '@eungmo/draw/list'
 *
 * const reader = new EntryCsvReader()
 * reader.push('id\nali')
 * reader.push('ce\nbob\n')
 * reader.finish().size // => 2
 */
export class EntryCsvReader {
  readonly #builder: EntryListBuilder
  #columns: readonly Column[] | null = null
  #rest = ''
  #line = 0

  /** @param expected the number of entries, as far as it is known */
  constructor(expected = 0) {
    this.#builder = new EntryListBuilder(expected)
  }

  /** The number of entries read so far. */
  get size(): number {
    return this.#builder.size
  }

  /** Reads the next piece of text, which may end anywhere. @throws {RangeError} that names the line. */
  push(text: string): void {
    const piece = this.#rest + text
    let start = 0
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      this.#read(piece.slice(start, end))
      start = end + 1
    }
    this.#rest = piece.slice(start)
  }

  /** The list of all entries read. @throws {RangeError} where they are not a list. */
  finish(): EntryList {
    if (this.#rest !== '') this.#read(this.#rest)
    this.#rest = ''
    if (this.#columns === null)
      throw new RangeError('the file is empty: its first line must be id,tickets,reason')
    return this.#builder.build()
  }

  #read(raw: string): void {
    this.#line++
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (this.#columns === null) {
      this.#columns = parseHeader(line)
      return
    }
    const fields = line.split(',')
    if (fields.length !== this.#columns.length) {
      const expected = `${this.#columns.length} fields (${this.#columns.join(',')})`
      throw new RangeError(`line ${this.#line} must have ${expected}, got: ${line.slice(0, 80)}`)
    }
    const id = fields[this.#columns.indexOf('id')] as string
    const reason = this.#number(fields, 'reason', 0)
    const tickets = this.#number(fields, 'tickets', reason === 0 ? 1 : 0)
    try {
      this.#builder.add(id, tickets, reason)
    } catch (error) {
      throw new RangeError(`line ${this.#line}: ${(error as Error).message}`, { cause: error })
    }
  }

  #number(fields: readonly string[], column: Column, fallback: number): number {
    const at = (this.#columns ?? []).indexOf(column)
    if (at < 0) return fallback
    const text = fields[at] as string
    if (!PLAIN_INTEGER.test(text)) {
      throw new RangeError(
        `line ${this.#line}: ${column} must be an integer in plain digits, got: ${text.slice(0, 80)}`,
      )
    }
    return Number(text)
  }
}

function parseHeader(line: string): Column[] {
  const names = line.replace(/^\uFEFF/, '').split(',')
  const columns = COLUMNS.filter((column) => names.includes(column))
  if (columns.length !== names.length || !names.includes('id')) {
    throw new RangeError(`the first line must be id, or id,tickets,reason; got: ${line.slice(0, 80)}`)
  }
  return names as Column[]
}
