import { setImmediate } from 'node:timers/promises'
import type { Executor } from '@eungmo/db/connection/client'
import { readSearchedRows, type SearchedRow } from '@eungmo/db/queries/participant-envelopes'
import { DomainError } from '../errors/domain-error.ts'

const ROWS_PER_READ = 5_000
const SLICE_MS = 10
/** From the request on, the wait for its turn included. */
export const MAX_SCAN_MS = 10_000

export interface Scan {
  eventId: string
  /** Where the page before ended. */
  before?: string | undefined
  /** How many matches make a page. */
  limit: number
  matches: (row: SearchedRow) => boolean
  /** Aborts when the caller is gone: then the result does not matter. */
  signal: AbortSignal
  /** Aborts when the time is over. */
  deadline: AbortSignal
}

/**
 * The ids of an event's matching participants, newest first. Reads from the newest id down, compares in slices
 * of 10 ms, between which other requests run, and stops at a full page. Throws UNAVAILABLE at the deadline.
 */
export async function scanParticipants(
  executor: Executor,
  { eventId, before, limit, matches, signal, deadline }: Scan,
): Promise<string[]> {
  const found: string[] = []
  let last = before
  for (;;) {
    if (isOver(signal, deadline)) return found
    const rows = await readSearchedRows(executor, { eventId, before: last, limit: ROWS_PER_READ })
    let sliceEnd = performance.now() + SLICE_MS
    for (const row of rows) {
      if (performance.now() >= sliceEnd) {
        await setImmediate()
        if (isOver(signal, deadline)) return found
        sliceEnd = performance.now() + SLICE_MS
      }
      if (!matches(row)) continue
      found.push(row.id)
      if (found.length === limit) return found
    }
    if (rows.length < ROWS_PER_READ) return found
    last = rows.at(-1)?.id
  }
}

function isOver(signal: AbortSignal, deadline: AbortSignal): boolean {
  if (deadline.aborted) throw new DomainError('UNAVAILABLE', { retryAfter: 5 }, { cause: deadline.reason })
  return signal.aborted
}
