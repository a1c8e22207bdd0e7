/**
 * One wrong field of an input: its path (`prizes.0.name`), and what is wrong, as a key of field-messages.ts.
 */
export interface FieldError {
  field: string
  code: string
}

/** What an error may hold in addition to its code; all of it is sent to the caller. */
export interface DomainErrorDetails {
  /** VALIDATION_FAILED: the invalid fields. */
  fields?: readonly FieldError[]
  /** FORBIDDEN: what an API key lacks. */
  missingScope?: string
  /** ALREADY_DRAWN, DRAW_IN_PROGRESS. */
  drawLogId?: string
  /** DRAW_IN_PROGRESS: when the open draw is due, ISO 8601; null where it waits for no beacon. */
  drawsAt?: string | null
  /** EVENT_NOT_OPEN: when it opens, ISO 8601. */
  startsAt?: string
  /** EVENT_PAUSED: the operator's public reason. */
  pauseReason?: string
  /** NOT_FOUND, EVENT_CLOSED, CONFLICT, CLAIM_OPEN, RATE_LIMITED, UNAVAILABLE: the case, which selects the message. */
  reason?: string
  /** NOT_ENOUGH_ENTRIES: entries that can be drawn, and how many were requested. */
  entries?: number
  requested?: number
  /** TERMS_FIXED: what was published; the bonus is null where the draw decides. */
  published?: { winnerCount: number; visitBonus: number | null }
  /** TERMS_FIXED: the latest date that the announcement may move to, ISO 8601. */
  latestAnnouncement?: string
  /** TERMS_FIXED: the days to claim a prize that entrants were promised. */
  claimDays?: number
  /** TERMS_FIXED: the published months for which earlier winners sit out. */
  sitOutMonths?: number
  /** CLAIM_OPEN: until when a winner can claim a prize, ISO 8601. */
  claimUntil?: string
  /** CLAIM_OPEN: the attempts to reach the winner that count, and on how many days. */
  contacts?: { attempts: number; days: number }
  /** DATA_DESTROYED: since when, ISO 8601. */
  destroyedAt?: string
  /** RATE_LIMITED, UNAVAILABLE: seconds to wait, at least 1; sent as Retry-After. */
  retryAfter?: number
}
