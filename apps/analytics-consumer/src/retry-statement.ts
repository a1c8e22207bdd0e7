import { isDataError, isTimeout } from '@eungmo/db/connection/statement-error'
import { pause } from '@eungmo/db/timing/pause'
import type { SourceBatch } from '@eungmo/messaging/contract/message-source'
import type { Logger } from '@eungmo/messaging/logging/logger'

/** The source took the batch back or the process stops: the batch will be delivered again. */
export class BatchAbandonedError extends Error {}

/** The statement ran into its time limit twice in a row: a smaller batch may succeed. */
export class BatchTooSlowError extends Error {}

const KEEP_ALIVE_INTERVAL_MS = 1_000
const MIN_BACKOFF_MS = 20
const MAX_BACKOFF_MS = 500
/** One of so many attempts is logged as a warning, the others for debugging only. */
const ATTEMPTS_PER_WARNING = 20

/**
 * Repeats a statement that is safe to repeat until it succeeds, and keeps the source's claim meanwhile, so
 * that an unavailable database only delays the batch. Rejects with BatchAbandonedError when the batch is no
 * longer active, and with BatchTooSlowError when a `splittable` statement runs into its time limit twice in a
 * row. Rejects at once with data errors and with the source's own errors.
 */
export async function retryStatement<T>(
  batch: SourceBatch,
  statement: () => Promise<T>,
  { log, onRetry, splittable = false }: { log: Logger; onRetry: () => void; splittable?: boolean },
): Promise<T> {
  let timeouts = 0
  for (let attempt = 0; ; attempt++) {
    try {
      return await withKeepAlive(batch, statement())
    } catch (error) {
      if (error instanceof ClaimLostError) throw error.cause
      if (isDataError(error)) throw error
      onRetry()
      timeouts = isTimeout(error) ? timeouts + 1 : 0
      if (splittable && timeouts === 2)
        throw new BatchTooSlowError('The batch takes too long', { cause: error })
      const level = attempt % ATTEMPTS_PER_WARNING === 0 ? 'warn' : 'debug'
      log[level]({ err: error, attempt }, 'A statement failed and is repeated')
      if (!batch.isActive()) throw new BatchAbandonedError('The batch is no longer active', { cause: error })
      await pause(Math.min(MIN_BACKOFF_MS * 2 ** attempt, MAX_BACKOFF_MS))
      await batch.keepAlive()
    }
  }
}

/** Carries the source's own error as its cause through the race with the statement. */
class ClaimLostError extends Error {}

async function withKeepAlive<T>(batch: SourceBatch, statement: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setInterval> | undefined
  const lost = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      batch
        .keepAlive()
        .catch((cause: unknown) => reject(new ClaimLostError('The source took the batch back', { cause })))
    }, KEEP_ALIVE_INTERVAL_MS)
  })
  try {
    return await Promise.race([statement, lost])
  } finally {
    clearInterval(timer)
    statement.catch(() => undefined)
  }
}
