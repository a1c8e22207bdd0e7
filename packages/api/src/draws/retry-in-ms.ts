const MIN_RETRY_MS = 2_000
/** Also the longest that a draw waits after a beacon's relays, or the database, are back. */
const MAX_RETRY_MS = 60_000

/** The pause after the failure of a draw that has failed `before` times: 2 s, doubled up to a minute. */
export const retryInMs = (before: number): number => Math.min(MIN_RETRY_MS * 2 ** before, MAX_RETRY_MS)
