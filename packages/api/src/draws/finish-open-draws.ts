import { readClock } from '@eungmo/db/queries/clock'
import { type DrawLogRow, listOpenDrawLogs, postponeDrawLog } from '@eungmo/db/queries/draw-logs'
import type { Dependencies } from '../dependencies.ts'
import type { JobRun } from '../jobs/job.ts'
import { fetchRound } from './beacon-relays.ts'
import { finishDraw } from './finish-draw.ts'
import { retryInMs } from './retry-in-ms.ts'

type FinishDependencies = Pick<
  Dependencies,
  'db' | 'secrets' | 'notifier' | 'log' | 'observe' | 'drandRelays' | 'beaconChain'
>

/** For this long after the lock, an attempt without a beacon is left to the request that locked it. */
const GRACE_PERIOD_MS = 5_000

/**
 * Finishes every attempt that has a lock and no result, as far as possible: those without a beacon, and those
 * whose round a relay has published. The others stay open. An attempt that fails is logged, counted, and
 * tried again after a pause that its row stores, so that neither other processes nor other attempts suffer.
 * Returns how many it finished.
 */
export async function finishOpenDraws(
  dependencies: FinishDependencies,
  { now: startedAt, signal }: Partial<JobRun> = {},
): Promise<number> {
  const now = startedAt ?? (await readClock(dependencies.db))
  const logs = await listOpenDrawLogs(dependencies.db, { now })
  let finished = 0
  for (const log of logs) {
    if (signal?.aborted) break
    try {
      if (await finishOpenDraw(dependencies, log, now, signal)) finished += 1
    } catch (error) {
      dependencies.log.warn({ err: error, drawLogId: log.id }, 'an open draw could not be finished yet')
      if (signal?.aborted) break
      dependencies.observe({ kind: 'draw-not-finished' })
      const nextTryAt = new Date(now.getTime() + retryInMs(log.failures))
      await postponeDrawLog(dependencies.db, { drawLogId: log.id, nextTryAt })
    }
  }
  return finished
}

async function finishOpenDraw(
  dependencies: FinishDependencies,
  log: DrawLogRow,
  now: Date,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (log.round === null) {
    if (now.getTime() - log.lockedAt.getTime() < GRACE_PERIOD_MS) return false
    return finishDraw(dependencies, { drawLogId: log.id, signature: null })
  }
  if (log.drawsAt !== null && now < log.drawsAt) return false
  const { drandRelays: relays, beaconChain: chain } = dependencies
  const { signature } = await fetchRound(Number(log.round), { relays, chain, ...(signal && { signal }) })
  return finishDraw(dependencies, { drawLogId: log.id, signature })
}
