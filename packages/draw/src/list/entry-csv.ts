import type { EntryList } from './entry-list.ts'
import { EntryListBuilder } from './entry-list-builder.ts'

const HEADER = ['id', 'tickets', 'reason'] as const
type Column = (typeof HEADER)[number]
const PLAIN_INTEGER = /^(0|[1-9][0-9]{0,15})$/
const CHUNK_LINES = 4096

/** A list as CSV with the header `id,tickets,reason`, in pieces of some thousand lines, ready to be streamed. */
export function* entriesCsv(list: EntryList): Generator<string> {
  let piece = `${HEADER.join(',')}\n`
  for (let index = 0; index < list.size; index++) {
    piece += `${list.idAt(index)},${list.tickets[index]},${list.reasons[index]}\n`
    if (index % CHUNK_LINES === CHUNK_LINES - 1) {
      yield piece
      piece = ''
    }
  }
  if (piece !== '') yield piece
}

/** The list of a whole CSV text. @throws {TypeError} and {RangeError} that name the line. */
export function parseEntriesCsv(text: string): EntryList {
  const reader = new EntryCsvReader()
  reader.push(text)
  return reader.finish()
}

/**
 * Reads CSV piece by piece, so that a long download shows its progress: header `id`, optionally `tickets` (1 where left
 * out) and `reason` (0 where left out), in any order; numbers in plain digits; no quotes, no spaces, no empty lines.
 */
export class EntryCsvReader {
  readonly #builder: EntryListBuilder
  #columns: readonly Column[] | null = null
  #rest = ''
  #line = 0

  /** @param expected how many entries will come, as far as is known */
  constructor(expected = 0) {
    this.#builder = new EntryListBuilder(expected)
  }

  /** How many entries were read so far. */
  get size(): number {
    return this.#builder.size
  }

  /** Reads the next piece of text, which may end anywhere. @throws {TypeError} and {RangeError} that name the line. */
  push(text: string): void {
    const piece = this.#rest + text
    let start = 0
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      this.#read(piece.slice(start, end))
      start = end + 1
    }
    this.#rest = piece.slice(start)
  }

  /** The list of everything read. @throws {RangeError} where it is no list. */
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
      throw new RangeError(
        `line ${this.#line} must have ${this.#columns.length} fields (${this.#columns.join(',')}), got: ${line.slice(0, 80)}`,
      )
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

  #number(fields: readonly string[], column: Column, otherwise: number): number {
    const at = (this.#columns ?? []).indexOf(column)
    if (at < 0) return otherwise
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
  const columns = HEADER.filter((column) => names.includes(column))
  if (columns.length !== names.length || !names.includes('id')) {
    throw new RangeError(`the first line must be id, or id,tickets,reason; got: ${line.slice(0, 80)}`)
  }
  return names as Column[]
}
