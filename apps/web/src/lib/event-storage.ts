import { parseSignedReceipt } from '@eungmo/draw/receipts'

/**
 * What this browser stores for an event: the signed receipt of an entry, and the newest chain head that it
 * has seen.
 */
type Item = 'receipt' | 'head'

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
 * Stores a signed receipt, for the self-check page and the verification; does nothing where storage is not
 * available.
 */
export const storeReceipt = (eventId: string, receipt: string): void => store('receipt', eventId, receipt)

/**
 * The receipt stored for an event, or null. What is no receipt is deleted on sight, and so is one from before
 * the first release, whose salt leads to the phone number.
 */
export function storedReceipt(eventId: string): string | null {
  const receipt = stored('receipt', eventId)
  if (receipt === null || (isReceipt(receipt) && !receipt.includes('"salt":'))) return receipt
  localStorage.removeItem(keyOf('receipt', eventId))
  return null
}

function isReceipt(text: string): boolean {
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
