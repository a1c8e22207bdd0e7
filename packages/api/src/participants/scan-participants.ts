import { setImmediate } from 'node:timers/promises'
import type { Executor } from '@eungmo/db/connection/client'
import { readSearchedRows, type SearchedRow } from '@eungmo/db/queries/participant-envelopes'
import type { ParticipantFilter } from '@eungmo/db/queries/participant-filter'
import { TimeSlices } from '@eungmo/db/timing/time-slices'
import { DomainError } from '../errors/domain-error.ts'

const ROWS_PER_READ = 2_000
/** From the request on, the wait for its turn included. */
export const MAX_SCAN_MS = 10_000
/** When a partial page with a match ends, and one without. From the scan's start on. */
const MATCHED_PART_MS = 200
const EMPTY_PART_MS = 1_000

export interface Scan {
  eventId: string
  /** Where the page before ended. */
  before?: string | undefined
  /** Which participants are compared. Defaults to all. */
  filter?: ParticipantFilter | undefined
  /** How many matches make a page. */
  limit: number
  matches: (row: SearchedRow) => boolean
  /** Whether the page may end before it is full: with a match after 200 ms, without one after a second. */
  partial: boolean
  /** Aborts when the caller is gone: then the result does not matter. */
  signal: AbortSignal
  /** Aborts when the time is over. */
  deadline: AbortSignal
}

export interface ScanResult {
  /** Of matching participants, newest first. */
  ids: string[]
  /** The last id that was compared, where a partial page has ended early. */
  last: string | null
}

/**
 * Finds an event's matching participants. Reads from the newest id down, compares in time slices that let other
 * requests go first, and stops at a full page. Throws UNAVAILABLE at the deadline.
 */
export async function scanParticipants(
  executor: Executor,
  { eventId, before, filter, limit, matches, partial, signal, deadline }: Scan,
): Promise<ScanResult> {
  const ids: string[] = []
  const began = performance.now()
  const isPartOver = () =>
    partial && performance.now() - began > (ids.length > 0 ? MATCHED_PART_MS : EMPTY_PART_MS)
  const slices = new TimeSlices()
  for await (const rows of readAhead(executor, { eventId, before, filter })) {
    for (const row of rows) {
      if (matches(row)) ids.push(row.id)
      if (ids.length === limit) return { ids, last: null }
      if (!slices.isOver()) continue
      await slices.next()
      if (isOver(signal, deadline)) return { ids, last: null }
      if (isPartOver()) return { ids, last: row.id }
    }
    if (isOver(signal, deadline)) return { ids, last: null }
  }
  return { ids, last: null }
}

/** An event's participants in parts, newest first; each part is read while the one before is compared. */
async function* readAhead(
  executor: Executor,
  { before, ...those }: Pick<Scan, 'eventId' | 'before' | 'filter'>,
): AsyncGenerator<SearchedRow[]> {
  const read = (last: string | undefined) =>
    readSearchedRows(executor, { ...those, before: last, limit: ROWS_PER_READ })
  let next = read(before)
  for (;;) {
    const rows = await next
    if (rows.length < ROWS_PER_READ) return yield rows
    next = read(rows.at(-1)?.id)
    // Awaited only if the scan goes on: a rejection of a read that is not needed is no error.
    next.catch(() => undefined)
    // The driver sends what was queued in the next turn: now, not after the first slice.
    await setImmediate()
    yield rows
  }
}

function isOver(signal: AbortSignal, deadline: AbortSignal): boolean {
  if (deadline.aborted) throw new DomainError('UNAVAILABLE', { retryAfter: 5 }, { cause: deadline.reason })
  return signal.aborted
}
