import { setTimeout as pause } from 'node:timers/promises'

export interface GroupCommitOptions<Item, Answer> {
  /** Writes a batch in one statement and answers each item in order. Repeating it after an unknown outcome must be harmless. */
  write(batch: readonly Item[], attempt: number): Promise<readonly Answer[]>
  /** Whether an error of `write` is the fault of an item's own values: then the batch is halved until one item is left. */
  isItemError(error: unknown): boolean
  /** What to do about the one item at fault: write it again (after changing it), or refuse it with this error. */
  onItemError(item: Item, error: unknown, attempt: number): 'again' | Error
  /** The error of an item that could not be written in time, or that found too many waiting. */
  unavailable(cause: unknown): Error
  /** What an item may have to wait for: while a batch is held up, others leave items of its groups alone, and spare lanes open. */
  groupOf?(item: Item): string
  /** Told about every failed write whose outcome is unknown. */
  onFailure?(error: unknown): void
  /** Batches under way at once; 2 unless told. */
  lanes?: number
  /** Further ones while as many are held up; none unless told. */
  spareLanes?: number
  /** Items a batch; 500 unless told. */
  maxBatch?: number
  /** Items that may wait, besides those under way; 5,000 unless told. */
  maxWaiting?: number
  /** Milliseconds that an item waits for its answer at most; 5,000 unless told. */
  waitLimit?: number
}

export interface GroupCommit<Item, Answer> {
  submit(item: Item): Promise<Answer>
  /** Takes no more, and waits until all that was taken is answered. */
  close(): Promise<void>
}

interface Waiting<Item, Answer> {
  item: Item
  deadline: number
  settled: boolean
  resolve(answer: Answer): void
  reject(error: unknown): void
}

const SWEEP_EVERY = 100
/** Items that go together rather than on two lanes: a statement costs as much as ten items do. */
const LEAST_SHARE = 16
/** Milliseconds after which a batch counts as held up. */
const HELD_UP_AFTER = 100
const FIRST_PAUSE = 50
const LONGEST_PAUSE = 500

/**
 * Coalesces what is submitted at the same time into few statements: while a batch is under way, the next one gathers. Each caller gets its
 * own answer. A batch whose outcome is unknown is written again until it is known, or until its callers have waited long enough.
 */
export function createGroupCommit<Item, Answer>({
  write,
  isItemError,
  onItemError,
  unavailable,
  groupOf,
  onFailure = () => undefined,
  lanes = 2,
  spareLanes = 0,
  maxBatch = 500,
  maxWaiting = 5_000,
  waitLimit = 5_000,
}: GroupCommitOptions<Item, Answer>): GroupCommit<Item, Answer> {
  type Entry = Waiting<Item, Answer>
  let waiting: Entry[] = []
  const underWay = new Map<Entry[], { since: number }>()
  let scheduled = false
  let closed = false
  let drained: (() => void) | undefined
  let lastFailure: unknown
  let sweeper: ReturnType<typeof setInterval> | undefined

  const unsettled = (batch: readonly Entry[]) => batch.filter((entry) => !entry.settled)

  function expire(): void {
    const now = performance.now()
    for (const batch of [waiting, ...underWay.keys()])
      for (const entry of batch)
        if (!entry.settled && entry.deadline <= now) {
          entry.settled = true
          entry.reject(unavailable(lastFailure))
        }
    if (waiting.some((entry) => entry.settled)) waiting = unsettled(waiting)
    schedule()
    rest()
  }

  function rest(): void {
    if (waiting.length > 0 || underWay.size > 0) return
    clearInterval(sweeper)
    sweeper = undefined
    drained?.()
  }

  const heldUpBatches = () => {
    const before = performance.now() - HELD_UP_AFTER
    return [...underWay].flatMap(([batch, { since }]) => (since < before ? [batch] : []))
  }

  const hasFreeLane = () =>
    underWay.size < lanes ||
    (spareLanes > 0 && underWay.size < lanes + Math.min(spareLanes, heldUpBatches().length))

  /**
   * What waits, spread over the free lanes, so that one batch is computed while another is flushed to disk: callers that were answered
   * together come back together, and would share one lane for ever (measured: a third more entries a second at 256 callers).
   */
  const shareOfLane = () => {
    const freeLanes = Math.max(1, lanes - underWay.size)
    return Math.min(maxBatch, Math.max(LEAST_SHARE, Math.ceil(waiting.length / freeLanes)))
  }

  /** The next batch: what waits longest, but for groups that a lane is held up by. */
  function take(): Entry[] {
    const heldUp = new Set<string>()
    if (groupOf)
      for (const batch of heldUpBatches()) for (const { item } of unsettled(batch)) heldUp.add(groupOf(item))
    const batch: Entry[] = []
    const left: Entry[] = []
    const share = shareOfLane()
    for (const entry of waiting) {
      const free = batch.length < share && !(groupOf && heldUp.has(groupOf(entry.item)))
      ;(free ? batch : left).push(entry)
    }
    waiting = left
    return batch
  }

  function schedule(): void {
    if (scheduled || waiting.length === 0 || !hasFreeLane()) return
    scheduled = true
    // After this turn of the event loop, so that requests read together are written together.
    setImmediate(() => {
      scheduled = false
      if (waiting.length === 0 || !hasFreeLane()) return
      const batch = take()
      if (batch.length === 0) return
      underWay.set(batch, { since: performance.now() })
      void commit(batch).finally(() => {
        underWay.delete(batch)
        rest()
        schedule()
      })
      schedule()
    })
  }

  async function commit(batch: Entry[]): Promise<void> {
    let open = unsettled(batch)
    for (let attempt = 1, wait = FIRST_PAUSE; open.length > 0; attempt += 1) {
      try {
        const answers = await write(
          open.map((entry) => entry.item),
          attempt,
        )
        lastFailure = undefined
        open.forEach((entry, at) => {
          if (entry.settled) return
          entry.settled = true
          const answer = answers[at]
          if (answer === undefined)
            entry.reject(new Error('A written batch has no answer for one of its items'))
          else entry.resolve(answer)
        })
        return
      } catch (error) {
        if (isItemError(error)) {
          if (open.length > 1) {
            const middle = open.length >> 1
            await commit(open.slice(0, middle))
            return commit(open.slice(middle))
          }
          const [only] = open
          const verdict = only ? onItemError(only.item, error, attempt) : 'again'
          if (verdict !== 'again') {
            if (only && !only.settled) {
              only.settled = true
              only.reject(verdict)
            }
            return
          }
        } else {
          lastFailure = error
          onFailure(error)
          await pause(wait)
          wait = Math.min(LONGEST_PAUSE, wait * 2)
        }
      }
      open = unsettled(open)
    }
  }

  return {
    submit(item) {
      if (closed || waiting.length >= maxWaiting) return Promise.reject(unavailable(lastFailure))
      return new Promise((resolve, reject) => {
        waiting.push({ item, deadline: performance.now() + waitLimit, settled: false, resolve, reject })
        sweeper ??= setInterval(expire, SWEEP_EVERY)
        schedule()
      })
    },
    close() {
      closed = true
      return new Promise((resolve) => {
        drained = resolve
        rest()
      })
    },
  }
}
