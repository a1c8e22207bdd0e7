import { isDataError, isTimeout } from '@eungmo/db/connection/statement-error'
import { pause } from '@eungmo/db/timing/pause'
import type { SourceBatch } from '@eungmo/messaging/contract/message-source'
import type { Logger } from '@eungmo/messaging/logger'

/** The batch is no longer ours, or the process stops: somebody else will get it again. */
export class GivenUp extends Error {}

/** Twice in a row the statement ran into its time limit: less at a time may get through. */
export class TooSlow extends Error {}

const KEEP_ALIVE_EVERY = 1_000
const MAX_PAUSE = 500
const WARN_EVERY = 20

/**
 * Repeats a statement that is safe to repeat until it succeeds, keeping the source's claim meanwhile, so that
 * a database that is away only makes the batch late. Gives up with GivenUp when the batch is no longer
 * active, and with TooSlow when a statement that can be split runs into its time limit twice. Data errors,
 * and the source's own, are passed on at once.
 */
export async function untilDone<T>(
  batch: SourceBatch,
  statement: () => Promise<T>,
  { log, onRetry, splittable = false }: { log: Logger; onRetry: () => void; splittable?: boolean },
): Promise<T> {
  let timeouts = 0
  for (let attempt = 0; ; attempt++) {
    try {
      return await keepingAlive(batch, statement())
    } catch (error) {
      if (error instanceof ClaimLost) throw error.cause
      if (isDataError(error)) throw error
      onRetry()
      timeouts = isTimeout(error) ? timeouts + 1 : 0
      if (splittable && timeouts === 2) throw new TooSlow('The batch takes too long', { cause: error })
      const level = attempt % WARN_EVERY === 0 ? 'warn' : 'debug'
      log[level]({ err: error, attempt }, 'A statement failed and is repeated')
      if (!batch.isActive()) throw new GivenUp('The batch is no longer active', { cause: error })
      await pause(Math.min(20 * 2 ** attempt, MAX_PAUSE))
      await batch.keepAlive()
    }
  }
}

class ClaimLost extends Error {}

async function keepingAlive<T>(batch: SourceBatch, statement: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setInterval> | undefined
  const lost = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      batch
        .keepAlive()
        .catch((cause: unknown) => reject(new ClaimLost('The source took the batch back', { cause })))
    }, KEEP_ALIVE_EVERY)
  })
  try {
    return await Promise.race([statement, lost])
  } finally {
    clearInterval(timer)
    statement.catch(() => undefined)
  }
}
