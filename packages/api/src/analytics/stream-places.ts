import { DomainError } from '../errors/domain-error.ts'
import type { Observe } from '../observation.ts'

/** Streams of live updates that one user may hold open in a process: browsers, since a browser needs one. */
const MAX_STREAMS_PER_USER = 10
/** Streams of live updates that a process holds open. Pages beyond it read every few seconds instead. */
const MAX_STREAMS_PER_PROCESS = 500
const RETRY_AFTER_S = 30

export interface StreamRequest {
  userId: string
  /**
   * Names the browser that has one stream at a time: a new one replaces the previous one, which the server
   * may take for open long after its network is gone.
   */
  browser?: string | undefined
  onReplaced: () => void
}

export interface StreamPlaces {
  /**
   * Takes a place for a stream, and returns the function that releases it; calling that again does nothing.
   * Throws RATE_LIMITED when the user holds too many, and UNAVAILABLE when the process does.
   */
  take(request: StreamRequest): () => void
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
  const streamsOf = new Map<string, Set<{ browser: string | undefined; replace(): void }>>()
  let open = 0
  const change = (by: 1 | -1) => {
    open += by
    observe({ kind: 'live-streams', open })
  }
  return {
    take({ userId, browser, onReplaced }) {
      const ofUser = streamsOf.get(userId) ?? new Set()
      if (browser !== undefined) for (const each of ofUser) if (each.browser === browser) each.replace()
      if (ofUser.size >= perUser) {
        observe({ kind: 'live-stream-rejected', cap: 'user' })
        throw new DomainError('RATE_LIMITED', { reason: 'streams', retryAfter: RETRY_AFTER_S })
      }
      if (open >= perProcess) {
        observe({ kind: 'live-stream-rejected', cap: 'process' })
        throw new DomainError('UNAVAILABLE', { retryAfter: RETRY_AFTER_S })
      }
      const release = () => {
        if (!ofUser.delete(stream)) return
        if (ofUser.size === 0 && streamsOf.get(userId) === ofUser) streamsOf.delete(userId)
        change(-1)
      }
      const stream = {
        browser,
        replace() {
          release()
          onReplaced()
        },
      }
      streamsOf.set(userId, ofUser.add(stream))
      change(1)
      return release
    },
  }
}
