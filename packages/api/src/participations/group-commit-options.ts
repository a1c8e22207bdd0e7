export interface GroupCommitLimits {
  /** Batches in progress at once. Defaults to 2. */
  lanes?: number
  /** Additional lanes, one per blocked batch. Defaults to none. */
  spareLanes?: number
  /** Items per batch. Defaults to 500. */
  maxBatch?: number
  /** Items that may wait, not counting those in progress. Defaults to 5,000. */
  maxWaiting?: number
  /** How long `submit` waits for an item's result, in milliseconds. Defaults to 5,000. */
  maxWaitMs?: number
}

export interface GroupCommitOptions<Item, Result> extends GroupCommitLimits {
  /**
   * Writes a batch in one statement and returns each item's result in order. Must be safe to repeat after an
   * unknown outcome.
   */
  write(batch: readonly Item[], attempt: number): Promise<readonly Result[]>
  /**
   * Whether an error of `write` is caused by an item's own values: unless `culpritOf` finds the item, the batch
   * is then halved until one item is left.
   */
  isItemError(error: unknown): boolean
  /** The item that the error names, where it names one: the others are written again in one batch. */
  culpritOf?(error: unknown, batch: readonly Item[]): Item | undefined
  /**
   * What to do about the one item that caused it: write it again (after changing it), or reject it with the
   * returned error.
   */
  onItemError(item: Item, error: unknown, attempt: number): 'retry' | Error
  /** The error for an item that could not be written in time, or that found too many waiting. */
  unavailable(cause: unknown): Error
  /**
   * What an item may be blocked by: while a batch is blocked, other batches leave out items of its groups,
   * and spare lanes open.
   */
  groupOf?(item: Item): string
  /**
   * Whether an error of `write` says that it waited too long, so that its outcome is unknown. With `groupOf`,
   * the batch is then split by group, and a group that was too slow alone is written alone until it succeeds.
   */
  isTooSlow?(error: unknown): boolean
  /** Called for every failed write whose outcome is unknown. */
  onFailure?(error: unknown): void
}

export interface GroupCommit<Item, Result> {
  /** Resolves with the item's result; rejects with the error of `onItemError` or `unavailable`. */
  submit(item: Item): Promise<Result>
  /** Stops accepting items. Resolves once every accepted item is settled. */
  close(): Promise<void>
}
