import { EntryList, MAX_ENTRIES } from './entry-list.ts'

const MAX_ID_LENGTH = 64
const LAST_REASON = 7

/** 1 for each byte that an id may hold: `[A-Za-z0-9_.@+:-]`. */
const ID_BYTE = /*#__PURE__*/ idBytes()

/**
 * Collects entries one by one, in any order, into an {@link EntryList} without an object for each of them. Entries that
 * come in canonical order (Postgres: `ORDER BY entry_id COLLATE "C"`) are not sorted again.
 */
export class EntryListBuilder {
  #size = 0
  #bytesUsed = 0
  #bytes: Uint8Array
  #ends: Uint32Array
  #tickets: Float64Array
  #reasons: Uint8Array
  #eligible = 0
  #total = 0
  #sorted = true
  #built = false

  /** @param expected how many entries will come, as far as is known: saves growing the columns */
  constructor(expected = 0) {
    const capacity = Math.max(16, Math.min(expected, MAX_ENTRIES))
    this.#bytes = new Uint8Array(capacity * 43)
    this.#ends = new Uint32Array(capacity)
    this.#tickets = new Float64Array(capacity)
    this.#reasons = new Uint8Array(capacity)
  }

  /** How many entries were added. */
  get size(): number {
    return this.#size
  }

  /**
   * Adds an entry.
   * @param id 1 to 64 of `[A-Za-z0-9_.@+:-]`, never normalised
   * @param tickets 1 to 2^53 - 1 with reason 0, otherwise 0
   * @param reason 0 to 7, see REASONS
   * @throws {TypeError} and {RangeError} that name the entry
   */
  add(id: string, tickets: number, reason = 0): void {
    if (typeof id !== 'string')
      throw new TypeError(`entry ${this.#size}: id must be a string, got ${spell(id)}`)
    this.#checkNumbers(id, tickets, reason)
    this.#makeRoom()
    this.#appendId(id)
    const at = this.#size++
    this.#ends[at] = this.#bytesUsed
    this.#tickets[at] = tickets
    this.#reasons[at] = reason
    if (tickets > 0) this.#eligible++
    this.#total += tickets
    if (this.#total > Number.MAX_SAFE_INTEGER) {
      throw new RangeError(`entry "${id}": with it the tickets add up to more than 2^53 - 1`)
    }
    if (this.#sorted && at > 0 && this.#compare(at - 1, at) >= 0) this.#sorted = false
  }

  /**
   * The canonical list of everything added; the builder cannot be used afterwards.
   * @throws {RangeError} where an id was added twice, naming it, or where nobody has a ticket
   */
  build(): EntryList {
    if (this.#built) throw new RangeError('the list was built already')
    this.#built = true
    if (this.#total === 0) throw new RangeError('no entry has a ticket')
    const list = new EntryList({
      idBytes: this.#bytes.subarray(0, this.#bytesUsed),
      idEnds: this.#ends.subarray(0, this.#size),
      tickets: this.#tickets.subarray(0, this.#size),
      reasons: this.#reasons.subarray(0, this.#size),
      totalTickets: this.#total,
      eligibleCount: this.#eligible,
    })
    return this.#sorted ? list : this.#inOrder(list)
  }

  #checkNumbers(id: string, tickets: number, reason: number): void {
    if (typeof tickets !== 'number') {
      throw new TypeError(`entry "${id}": tickets must be a number, got ${spell(tickets)}`)
    }
    if (typeof reason !== 'number') {
      throw new TypeError(`entry "${id}": reason must be a number, got ${spell(reason)}`)
    }
    if (!Number.isSafeInteger(reason) || reason < 0 || reason > LAST_REASON) {
      throw new RangeError(`entry "${id}": reason must be an integer from 0 to ${LAST_REASON}, got ${reason}`)
    }
    if (!Number.isSafeInteger(tickets) || tickets < 0) {
      throw new RangeError(`entry "${id}": tickets must be an integer from 0 to 2^53 - 1, got ${tickets}`)
    }
    if (reason === 0 && tickets === 0) {
      throw new RangeError(`entry "${id}": takes part (reason 0), so it must have at least 1 ticket`)
    }
    if (reason !== 0 && tickets !== 0) {
      throw new RangeError(
        `entry "${id}": is excluded (reason ${reason}), so it must have 0 tickets, got ${tickets}`,
      )
    }
  }

  #appendId(id: string): void {
    const length = id.length
    if (length < 1 || length > MAX_ID_LENGTH) {
      throw new RangeError(`entry "${id}": id must have 1 to ${MAX_ID_LENGTH} characters, got ${length}`)
    }
    const bytes = this.#bytes
    let at = this.#bytesUsed
    for (let position = 0; position < length; position++) {
      const code = id.charCodeAt(position)
      if (ID_BYTE[code] !== 1) {
        throw new RangeError(`entry "${id}": id may hold A-Z a-z 0-9 _ . @ + : - only`)
      }
      bytes[at++] = code
    }
    this.#bytesUsed = at
  }

  #makeRoom(): void {
    if (this.#built) throw new RangeError('the list was built already')
    if (this.#size === this.#ends.length) {
      if (this.#size === MAX_ENTRIES) throw new RangeError(`a list holds at most ${MAX_ENTRIES} entries`)
      const capacity = Math.min(2 * this.#size, MAX_ENTRIES)
      this.#ends = grown(this.#ends, new Uint32Array(capacity))
      this.#tickets = grown(this.#tickets, new Float64Array(capacity))
      this.#reasons = grown(this.#reasons, new Uint8Array(capacity))
    }
    if (this.#bytesUsed + MAX_ID_LENGTH > this.#bytes.length) {
      this.#bytes = grown(this.#bytes, new Uint8Array(Math.ceil(1.5 * this.#bytes.length) + MAX_ID_LENGTH))
    }
  }

  #start(row: number): number {
    return row === 0 ? 0 : (this.#ends[row - 1] as number)
  }

  #compare(left: number, right: number): number {
    const bytes = this.#bytes
    let a = this.#start(left)
    let b = this.#start(right)
    const endA = this.#ends[left] as number
    const endB = this.#ends[right] as number
    while (a < endA && b < endB) {
      const difference = (bytes[a++] as number) - (bytes[b++] as number)
      if (difference !== 0) return difference
    }
    return endA - a - (endB - b)
  }

  #inOrder(list: EntryList): EntryList {
    const order = new Uint32Array(list.size)
    for (let row = 0; row < order.length; row++) order[row] = row
    order.sort((left, right) => this.#compare(left, right))
    const idBytes = new Uint8Array(list.idBytes.length)
    const idEnds = new Uint32Array(list.size)
    const tickets = new Float64Array(list.size)
    const reasons = new Uint8Array(list.size)
    let used = 0
    for (let index = 0; index < order.length; index++) {
      const row = order[index] as number
      if (index > 0 && this.#compare(order[index - 1] as number, row) === 0) {
        throw new RangeError(`entry "${list.idAt(row)}": this id is in the list twice`)
      }
      const start = list.idStart(row)
      const end = list.idEnds[row] as number
      idBytes.set(list.idBytes.subarray(start, end), used)
      used += end - start
      idEnds[index] = used
      tickets[index] = list.tickets[row] as number
      reasons[index] = list.reasons[row] as number
    }
    const { totalTickets, eligibleCount } = list
    return new EntryList({ idBytes, idEnds, tickets, reasons, totalTickets, eligibleCount })
  }
}

function grown<Column extends Uint8Array | Uint32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}

function spell(value: unknown): string {
  return value === null ? 'null' : typeof value
}

function idBytes(): Uint8Array {
  const allowed = new Uint8Array(128)
  const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.@+:-'
  for (let at = 0; at < characters.length; at++) allowed[characters.charCodeAt(at)] = 1
  return allowed
}
