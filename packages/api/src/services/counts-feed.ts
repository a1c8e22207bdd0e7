/** Which events' counts changed, told to every open dashboard of this process. */
export interface CountsFeed {
  /**
   * Yields once at the start, then each time that the event's counts may have changed (several changes may be one turn), until
   * the signal aborts. After a lost connection it yields again, so that a reader never misses what happened meanwhile.
   */
  changes(eventIds: readonly string[], signal: AbortSignal): AsyncIterable<void>
  close(): Promise<void>
}
