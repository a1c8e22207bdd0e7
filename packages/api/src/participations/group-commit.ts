import { pause } from '@eungmo/db/timing/pause'
import type { GroupCommit, GroupCommitOptions } from './group-commit-options.ts'

interface Waiting<Item, Result> {
  item: Item
  /** By `performance.now()`. */
  deadline: number
  settled: boolean
  /** An attempt had an unknown outcome, so the item may be stored. */
  uncertain: boolean
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
  isTooSlow = () => false,
  onFailure = () => undefined,
  lanes = 2,
  spareLanes = 0,
  maxBatch = 500,
  maxWaiting = 5_000,
  maxWaitMs = 5_000,
}: GroupCommitOptions<Item, Result>): GroupCommit<Item, Result> {
  type Entry = Waiting<Item, Result>
  let waiting: Entry[] = []
  const inProgress = new Map<Entry[], { since: number; contended: string | null }>()
  /** Groups that were too slow alone, until a write of theirs succeeds. */
  const contended = new Set<string>()
  /** Of batches of contended groups in progress: the other lanes stay free for everyone else. */
  const maxContended = Math.max(1, spareLanes)
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

  /** The groups whose items have to wait. */
  function heldGroups(): Set<string> {
    const held = new Set<string>()
    if (!groupOf) return held
    for (const batch of blockedBatches()) for (const { item } of unsettled(batch)) held.add(groupOf(item))
    const alone = [...inProgress.values()].flatMap((batch) => batch.contended ?? [])
    for (const group of alone.length < maxContended ? alone : contended) held.add(group)
    return held
  }

  /**
   * The next batch: the items that have waited longest, without those of held groups. A contended group has a
   * batch of its own.
   */
  function takeBatch(): { batch: Entry[]; alone: string | null } {
    const held = heldGroups()
    const batch: Entry[] = []
    const left: Entry[] = []
    const share = shareOfLane()
    let alone: string | null = null
    for (const entry of waiting) {
      const group = groupOf?.(entry.item) ?? ''
      if (batch.length === 0 && contended.has(group) && !held.has(group)) alone = group
      const fits = alone === null ? !contended.has(group) : group === alone
      ;(batch.length < share && fits && !held.has(group) ? batch : left).push(entry)
    }
    waiting = left
    return { batch, alone }
  }

  function schedule(): void {
    if (scheduled || waiting.length === 0 || !hasFreeLane()) return
    scheduled = true
    // After this turn of the event loop, so that requests received together are written together.
    setImmediate(() => {
      scheduled = false
      if (waiting.length === 0 || !hasFreeLane()) return
      const { batch, alone } = takeBatch()
      if (batch.length === 0) return
      inProgress.set(batch, { since: performance.now(), contended: alone })
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
          open.some((entry) => entry.uncertain) ? Math.max(2, attempt) : attempt,
        )
        lastFailure = undefined
        if (groupOf && contended.size > 0) for (const { item } of open) contended.delete(groupOf(item))
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
          for (const entry of open) entry.uncertain = true
          if (groupOf && isTooSlow(error)) return splitByGroup(unsettled(open), groupOf)
          await pause(retryMs)
          retryMs = Math.min(MAX_RETRY_MS, retryMs * 2)
        }
      }
      open = unsettled(open)
    }
  }

  /** A group alone goes back to the waiting items, so that it holds no lane while others wait. */
  async function splitByGroup(open: Entry[], groupOf: (item: Item) => string): Promise<void> {
    const groups = Map.groupBy(open, (entry) => groupOf(entry.item))
    if (groups.size > 1) {
      await Promise.all([...groups.values()].map(commit))
      return
    }
    for (const group of groups.keys()) contended.add(group)
    await pause(FIRST_RETRY_MS)
    waiting = [...unsettled(open), ...waiting]
  }

  return {
    submit(item) {
      if (closed || waiting.length >= maxWaiting) return Promise.reject(unavailable(lastFailure))
      return new Promise((resolve, reject) => {
        waiting.push({
          item,
          deadline: performance.now() + maxWaitMs,
          settled: false,
          uncertain: false,
          resolve,
          reject,
        })
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
