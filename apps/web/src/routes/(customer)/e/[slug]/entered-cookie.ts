/**
 * The cookie that says that this browser entered an event: its value is the submission id of the newest
 * entry. Unlike the one of the done page it holds nothing personal, and scripts read it: a page that the
 * browser restores on Back was rendered before the entry.
 */
export const enteredCookieName = (eventId: string): string => `eungmo_entered_${eventId}`
