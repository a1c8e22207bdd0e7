import { readClock } from '@eungmo/db/queries/clock'
import { type DrawLogRow, listOpenDrawLogs } from '@eungmo/db/queries/draw-logs'
import type { Dependencies } from '../dependencies.ts'
import { fetchRound } from './beacon-relays.ts'
import { finishDraw } from './finish-draw.ts'

type FinishServices = Pick<Dependencies, 'db' | 'secrets' | 'log' | 'drandRelays' | 'beaconChain'>

/** The request that locked an attempt without a beacon is given this long to finish it itself. */
const OWN_TIME = 5_000

/**
 * Finishes every attempt that has a lock and no result, where it can be: those without a beacon, and those whose round is out and some relay
 * has it. What cannot be finished now stays open for the next time; a fault is logged and stops no other. Answers how many it finished.
 */
export async function finishOpenDraws(dependencies: FinishServices, signal?: AbortSignal): Promise<number> {
  const logs = await listOpenDrawLogs(dependencies.db)
  if (logs.length === 0) return 0
  const now = await readClock(dependencies.db)
  let finished = 0
  for (const log of logs) {
    if (signal?.aborted) break
    try {
      if (await finishOpenDraw(dependencies, log, now, signal)) finished += 1
    } catch (error) {
      dependencies.log.warn({ err: error, drawLogId: log.id }, 'an open draw could not be finished yet')
    }
  }
  return finished
}

async function finishOpenDraw(
  dependencies: FinishServices,
  log: DrawLogRow,
  now: Date,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (log.round === null) {
    if (now.getTime() - log.lockedAt.getTime() < OWN_TIME) return false
    return finishDraw(dependencies, { drawLogId: log.id, signature: null })
  }
  if (log.drawsAt !== null && now < log.drawsAt) return false
  const { drandRelays: relays, beaconChain: chain } = dependencies
  const { signature } = await fetchRound(Number(log.round), { relays, chain, ...(signal && { signal }) })
  return finishDraw(dependencies, { drawLogId: log.id, signature })
}
