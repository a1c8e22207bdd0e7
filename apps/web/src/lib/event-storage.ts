const key = (eventId: string) => `eungmo:receipt:${eventId}`

/** Keeps a signed receipt on this phone, for the self-check page; a browser that stores nothing is no obstacle. */
export function keepReceipt(eventId: string, receipt: string): void {
  try {
    localStorage.setItem(key(eventId), receipt)
  } catch {
    // Private windows and full stores refuse; the receipt can still be saved by hand.
  }
}

/** The receipt kept on this phone, or null. */
export function keptReceipt(eventId: string): string | null {
  try {
    return localStorage.getItem(key(eventId))
  } catch {
    return null
  }
}
