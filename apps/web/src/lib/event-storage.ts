import { WINNERS_DAYS } from '@eungmo/api/deadlines/deadlines'
import { DAY_MS } from '@eungmo/api/seoul-time'
import { parseSignedReceipt } from '@eungmo/draw/receipts'

/**
 * What this browser stores for an event: the signed receipt of an entry, and the newest chain head that it
 * has seen.
 */
type Item = 'receipt' | 'head'

/** After it the data that a receipt belongs to is destroyed. */
const RECEIPT_RETENTION_MS = WINNERS_DAYS * DAY_MS

const keyOf = (item: Item, eventId: string) => `eungmo:${item}:${eventId}`

function store(item: Item, eventId: string, value: string): void {
  try {
    localStorage.setItem(keyOf(item, eventId), value)
  } catch {
    // Private windows and full storage throw. The pages work without; there is nothing to compare with later.
  }
}

function stored(item: Item, eventId: string): string | null {
  try {
    return localStorage.getItem(keyOf(item, eventId))
  } catch {
    return null
  }
}

/**
 * Stores a signed receipt, for the self-check page and the verification, until 90 days after the announcement,
 * and deletes receipts whose time is over; does nothing where storage is not available.
 * @param announcementDate ISO 8601
 */
export function storeReceipt(eventId: string, receipt: string, announcementDate: string): void {
  deleteExpiredReceipts(Date.now())
  const until = new Date(Date.parse(announcementDate) + RECEIPT_RETENTION_MS).toISOString()
  store('receipt', eventId, JSON.stringify({ receipt, until }))
}

/**
 * The receipt stored for an event, or null. What is no receipt is deleted on sight, and so are one whose time is
 * over and one from before the first release, whose salt leads to the phone number.
 */
export function storedReceipt(eventId: string): string | null {
  deleteExpiredReceipts(Date.now())
  return parseStored(stored('receipt', eventId))?.receipt ?? null
}

/** An entry of which this browser stores the receipt. */
export interface StoredEntry {
  eventId: string
  applicationNumber: string
  receipt: string
}

/** The entries of this browser, the newest first; null where the browser forbids storage. */
export function storedEntries(): StoredEntry[] | null {
  deleteExpiredReceipts(Date.now())
  try {
    return storedKeys()
      .flatMap((key) => {
        const text = key.startsWith(keyOf('receipt', ''))
          ? parseStored(localStorage.getItem(key))?.receipt
          : null
        return text ? [{ text, ...parseSignedReceipt(JSON.parse(text)).receipt }] : []
      })
      .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
      .map(({ eventId, applicationNumber, text }) => ({ eventId, applicationNumber, receipt: text }))
  } catch {
    return null
  }
}

const storedKeys = (): string[] =>
  Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '')

/** Deletes the receipt stored for an event. */
export function deleteReceipt(eventId: string): void {
  try {
    localStorage.removeItem(keyOf('receipt', eventId))
  } catch {
    // Without storage there is no receipt.
  }
}

/** Deletes the receipts of all events that no page may use any more. */
function deleteExpiredReceipts(now: number): void {
  try {
    for (const key of storedKeys()) {
      if (!key.startsWith(keyOf('receipt', ''))) continue
      const until = parseStored(localStorage.getItem(key))?.until ?? 0
      if (until <= now) localStorage.removeItem(key)
    }
  } catch {
    // Without storage there is no receipt.
  }
}

/** What storeReceipt stored, with the end as milliseconds; null for anything else. */
function parseStored(text: string | null): { receipt: string; until: number } | null {
  if (text === null) return null
  try {
    const { receipt, until }: Record<string, unknown> = JSON.parse(text)
    if (typeof receipt !== 'string' || typeof until !== 'string' || Number.isNaN(Date.parse(until)))
      return null
    return isReceipt(receipt) ? { receipt, until: Date.parse(until) } : null
  } catch {
    return null
  }
}

function isReceipt(text: string): boolean {
  if (text.includes('"salt":')) return false
  try {
    parseSignedReceipt(JSON.parse(text))
    return true
  } catch {
    return false
  }
}

/** Stores the newest record hash of an event's chain: a chain rewritten later will not contain it. */
export const storeHead = (eventId: string, head: string): void => store('head', eventId, head)

/** The head stored for an event, or null. */
export const storedHead = (eventId: string): string | null => stored('head', eventId)
