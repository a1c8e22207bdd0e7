const key = (eventId: string) => `eungmo:head:${eventId}`

/** Remembers the newest record of an event's chain that this browser has seen: a chain rewritten later will not hold it. */
export function keepHead(eventId: string, head: string): void {
  try {
    localStorage.setItem(key(eventId), head)
  } catch {
    // A browser that stores nothing keeps no witness; the pages work without.
  }
}

export function keptHead(eventId: string): string | null {
  try {
    return localStorage.getItem(key(eventId))
  } catch {
    return null
  }
}
