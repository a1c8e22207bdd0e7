import { enteredCookieName } from '../entered-cookie.ts'

/** The submission id of this browser's newest entry for the event; undefined without one. */
export function enteredSubmission(eventId: string): string | undefined {
  const start = `${enteredCookieName(eventId)}=`
  const cookie = document.cookie.split('; ').find((one) => one.startsWith(start))
  return cookie?.slice(start.length)
}

/**
 * Shows that this browser has entered the event whenever the page appears: on Back it is the page of before
 * the entry.
 */
export function showEnteredHere(eventId: string): void {
  const line = document.getElementById('entered-here')
  if (!line) return
  addEventListener('pageshow', () => {
    if (enteredSubmission(eventId) !== undefined) line.hidden = false
  })
}
