import type { Json } from './canonical-json.ts'

const TOKEN = /[ \t\r\n]*(?:([[\]{},:])|"([ !#-[\]-~]*)"|(null)|(0|[1-9][0-9]{0,15})(?![0-9.eE]))/y
const MAX_DEPTH = 16

/**
 * Parses JSON text of the protocol's subset, in which no two readers can read one text differently: objects
 * without duplicate keys, arrays, null, integers from 0 to 2^53 - 1 in plain digits, strings of printable
 * ASCII without escapes.
 * @throws {SyntaxError} with the position of the first character outside the subset
 * @example
 * import { parseStrictJson } from '@eungmo/draw/encoding'
 *
 * parseStrictJson('{"winners": 3}') // => { winners: 3 }
 */
export function parseStrictJson(text: string): Json {
  const reader = new Reader(text)
  const value = reader.value(0)
  reader.end()
  return value
}

interface Token {
  readonly mark?: string | undefined
  readonly value?: Json
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(depth: number): Json {
    const { mark, value } = this.#next()
    if (value !== undefined) return value
    if (depth < MAX_DEPTH && mark === '[') return this.#array(depth + 1)
    if (depth < MAX_DEPTH && mark === '{') return this.#object(depth + 1)
    return this.#fail()
  }

  end(): void {
    if (!/^[ \t\r\n]*$/.test(this.#text.slice(this.#at))) this.#fail()
  }

  #array(depth: number): Json[] {
    const items: Json[] = []
    if (this.#skip(']')) return items
    for (;;) {
      items.push(this.value(depth))
      if (this.#skip(']')) return items
      if (!this.#skip(',')) this.#fail()
    }
  }

  #object(depth: number): Json {
    const members = new Map<string, Json>()
    if (this.#skip('}')) return {}
    for (;;) {
      const { value: key } = this.#next()
      if (typeof key !== 'string' || members.has(key) || !this.#skip(':')) return this.#fail()
      members.set(key, this.value(depth))
      if (this.#skip('}')) return Object.fromEntries(members)
      if (!this.#skip(',')) this.#fail()
    }
  }

  #skip(mark: string): boolean {
    const before = this.#at
    if (this.#next().mark === mark) return true
    this.#at = before
    return false
  }

  #next(): Token {
    TOKEN.lastIndex = this.#at
    const match = TOKEN.exec(this.#text)
    if (match === null) return this.#fail()
    this.#at = TOKEN.lastIndex
    const [, mark, string, literal, digits] = match
    if (mark !== undefined) return { mark }
    if (string !== undefined) return { value: string }
    if (literal !== undefined) return { value: null }
    const number = Number(digits)
    return Number.isSafeInteger(number) ? { value: number } : this.#fail()
  }

  #fail(): never {
    throw new SyntaxError(
      `character ${this.#at} is outside the JSON of records ` +
        '(no duplicate keys, integers from 0 to 2^53 - 1, plain ASCII text, no true or false)',
    )
  }
}
