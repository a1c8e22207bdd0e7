import { DomainError } from '../errors/domain-error.ts'
import type { Observe } from '../observation.ts'

/** Streams of live updates that one user may hold open in a process: browsers, since a browser needs one. */
const MAX_STREAMS_PER_USER = 10
/** Streams of live updates that a process holds open. Pages beyond it read every few seconds instead. */
const MAX_STREAMS_PER_PROCESS = 500
const RETRY_AFTER_S = 30

export interface StreamPlaces {
  /**
   * Takes a place for a stream of this user, and returns the function that releases it; calling that again
   * does nothing. Throws RATE_LIMITED when the user holds too many, and UNAVAILABLE when the process does.
   */
  take(userId: string): () => void
}

export interface StreamCaps {
  /** Defaults to 10. */
  perUser?: number
  /** Defaults to 500. */
  perProcess?: number
}

/** Limits how many streams of live updates are open at a time, per user and in all. */
export function createStreamPlaces(
  observe: Observe,
  { perUser = MAX_STREAMS_PER_USER, perProcess = MAX_STREAMS_PER_PROCESS }: StreamCaps = {},
): StreamPlaces {
  const openOfUser = new Map<string, number>()
  let open = 0
  const add = (userId: string, change: 1 | -1) => {
    open += change
    const ofUser = (openOfUser.get(userId) ?? 0) + change
    if (ofUser > 0) openOfUser.set(userId, ofUser)
    else openOfUser.delete(userId)
    observe({ kind: 'live-streams', open })
  }
  return {
    take(userId) {
      if ((openOfUser.get(userId) ?? 0) >= perUser) {
        observe({ kind: 'live-stream-rejected', cap: 'user' })
        throw new DomainError('RATE_LIMITED', { reason: 'streams', retryAfter: RETRY_AFTER_S })
      }
      if (open >= perProcess) {
        observe({ kind: 'live-stream-rejected', cap: 'process' })
        throw new DomainError('UNAVAILABLE', { retryAfter: RETRY_AFTER_S })
      }
      add(userId, 1)
      let released = false
      return () => {
        if (released) return
        released = true
        add(userId, -1)
      }
    },
  }
}
