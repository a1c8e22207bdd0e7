/** Tickets by entry index. A Float64Array must hold integers from 0 to 2^53 - 1 only. */
export type TicketColumn = Float64Array | Uint32Array | Uint16Array | Uint8Array

/** The tickets that are left of each entry. */
export interface TicketTree {
  /** The number of tickets left. */
  readonly total: number
  /**
   * Strikes the entry that holds a ticket, and returns its index. Tickets are counted from 0 in index order, and
   * `ticket` must be below the total.
   */
  strikeOwnerOf(ticket: number): number
  /** Removes all tickets of an entry that is not struck yet. */
  strike(index: number): void
}
