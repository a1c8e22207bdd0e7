import { pause } from '@eungmo/db/timing/pause'

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
  /** Called for every failed write whose outcome is unknown. */
  onFailure?(error: unknown): void
}

export interface GroupCommit<Item, Result> {
  /** Resolves with the item's result; rejects with the error of `onItemError` or `unavailable`. */
  submit(item: Item): Promise<Result>
  /** Stops accepting items. Resolves once every accepted item is settled. */
  close(): Promise<void>
}

interface Waiting<Item, Result> {
  item: Item
  /** By `performance.now()`. */
  deadline: number
  settled: boolean
  resolve(result: Result): void
  reject(error: unknown): void
}

const SWEEP_INTERVAL_MS = 100
/** Fewer items are not spread over two lanes: a statement costs as much as ten items do. */
const MIN_SHARE = 16
/** After this time a batch counts as blocked. */
const BLOCKED_AFTER_MS = 100
const FIRST_RETRY_MS = 50
const MAX_RETRY_MS = 500

/**
 * Coalesces items that are submitted at the same time into few statements: while a batch is in progress, the
 * next one fills up. Each caller gets its own result. A batch whose outcome is unknown is written again until
 * the outcome is known or its callers have waited long enough. Our own rather than DataLoader: a general
 * batcher knows neither blocked groups nor unknown outcomes.
 */
export function createGroupCommit<Item, Result>({
  write,
  isItemError,
  culpritOf = () => undefined,
  onItemError,
  unavailable,
  groupOf,
  onFailure = () => undefined,
  lanes = 2,
  spareLanes = 0,
  maxBatch = 500,
  maxWaiting = 5_000,
  maxWaitMs = 5_000,
}: GroupCommitOptions<Item, Result>): GroupCommit<Item, Result> {
  type Entry = Waiting<Item, Result>
  let waiting: Entry[] = []
  const inProgress = new Map<Entry[], { since: number }>()
  let scheduled = false
  let closed = false
  let drained: (() => void) | undefined
  let lastFailure: unknown
  let sweeper: ReturnType<typeof setInterval> | undefined

  const unsettled = (batch: readonly Entry[]) => batch.filter((entry) => !entry.settled)

  function expire(): void {
    const now = performance.now()
    for (const batch of [waiting, ...inProgress.keys()])
      for (const entry of batch)
        if (!entry.settled && entry.deadline <= now) {
          entry.settled = true
          entry.reject(unavailable(lastFailure))
        }
    if (waiting.some((entry) => entry.settled)) waiting = unsettled(waiting)
    schedule()
    stopWhenIdle()
  }

  function stopWhenIdle(): void {
    if (waiting.length > 0 || inProgress.size > 0) return
    clearInterval(sweeper)
    sweeper = undefined
    drained?.()
  }

  const blockedBatches = () => {
    const before = performance.now() - BLOCKED_AFTER_MS
    return [...inProgress].flatMap(([batch, { since }]) => (since < before ? [batch] : []))
  }

  const hasFreeLane = () =>
    inProgress.size < lanes ||
    (spareLanes > 0 && inProgress.size < lanes + Math.min(spareLanes, blockedBatches().length))

  /**
   * The waiting items spread over the free lanes, so that one batch is computed while another is flushed to
   * disk. Otherwise callers whose results arrive together submit together again and share one lane forever
   * (measured: a third more entries per second with 256 callers).
   */
  const shareOfLane = () => {
    const freeLanes = Math.max(1, lanes - inProgress.size)
    return Math.min(maxBatch, Math.max(MIN_SHARE, Math.ceil(waiting.length / freeLanes)))
  }

  /** The next batch: the items that have waited longest, without those of blocked groups. */
  function takeBatch(): Entry[] {
    const blocked = new Set<string>()
    if (groupOf)
      for (const batch of blockedBatches())
        for (const { item } of unsettled(batch)) blocked.add(groupOf(item))
    const batch: Entry[] = []
    const left: Entry[] = []
    const share = shareOfLane()
    for (const entry of waiting) {
      const free = batch.length < share && !(groupOf && blocked.has(groupOf(entry.item)))
      ;(free ? batch : left).push(entry)
    }
    waiting = left
    return batch
  }

  function schedule(): void {
    if (scheduled || waiting.length === 0 || !hasFreeLane()) return
    scheduled = true
    // After this turn of the event loop, so that requests received together are written together.
    setImmediate(() => {
      scheduled = false
      if (waiting.length === 0 || !hasFreeLane()) return
      const batch = takeBatch()
      if (batch.length === 0) return
      inProgress.set(batch, { since: performance.now() })
      void commit(batch).finally(() => {
        inProgress.delete(batch)
        stopWhenIdle()
        schedule()
      })
      schedule()
    })
  }

  function findCulprit(batch: readonly Entry[], error: unknown): Entry | undefined {
    if (batch.length === 1) return batch[0]
    const items = batch.map((entry) => entry.item)
    const at = items.lastIndexOf(culpritOf(error, items) as Item)
    return batch[at]
  }

  async function commit(batch: Entry[]): Promise<void> {
    let open = unsettled(batch)
    for (let attempt = 1, retryMs = FIRST_RETRY_MS; open.length > 0; attempt += 1) {
      try {
        const results = await write(
          open.map((entry) => entry.item),
          attempt,
        )
        lastFailure = undefined
        open.forEach((entry, at) => {
          if (entry.settled) return
          entry.settled = true
          const result = results[at]
          if (result === undefined)
            entry.reject(new Error('A written batch has no result for one of its items'))
          else entry.resolve(result)
        })
        return
      } catch (error) {
        if (isItemError(error)) {
          const culprit = findCulprit(open, error)
          if (!culprit) {
            const middle = open.length >> 1
            await commit(open.slice(0, middle))
            return commit(open.slice(middle))
          }
          const verdict = onItemError(culprit.item, error, attempt)
          if (verdict !== 'retry' && !culprit.settled) {
            culprit.settled = true
            culprit.reject(verdict)
          }
        } else {
          lastFailure = error
          onFailure(error)
          await pause(retryMs)
          retryMs = Math.min(MAX_RETRY_MS, retryMs * 2)
        }
      }
      open = unsettled(open)
    }
  }

  return {
    submit(item) {
      if (closed || waiting.length >= maxWaiting) return Promise.reject(unavailable(lastFailure))
      return new Promise((resolve, reject) => {
        waiting.push({ item, deadline: performance.now() + maxWaitMs, settled: false, resolve, reject })
        sweeper ??= setInterval(expire, SWEEP_INTERVAL_MS)
        schedule()
      })
    },
    close() {
      closed = true
      return new Promise((resolve) => {
        drained = resolve
        stopWhenIdle()
      })
    },
  }
}
