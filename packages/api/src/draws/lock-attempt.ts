import type { Executor } from '@eungmo/db/connection/client'
import { readClock } from '@eungmo/db/queries/clock'
import { insertDrawLog, type NewDrawLog } from '@eungmo/db/queries/draw-logs'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { roundTime } from '@eungmo/draw/beacon'
import { type ChainRecord, type ListSummary, type LockRecord, nextLock } from '@eungmo/draw/records'
import type { Dependencies } from '../dependencies.ts'
import { appendRecord, requireOperatorKey } from '../rules-record/chain.ts'
import { decryptSeedChain } from '../rules-record/encrypted-seed.ts'

/** What an attempt's row holds in addition to its lock record. */
export type AttemptDetails = Pick<
  NewDrawLog,
  'previousDrawLogId' | 'visitBonus' | 'deviation' | 'isAutomatic' | 'requestedBy'
> & { visitBonus: number }

/**
 * Appends the lock record of the next attempt, which reveals its seed, and stores the attempt as open. The
 * caller has locked the event's row and checked everything: an error of the protocol here is a bug. Throws
 * UNAVAILABLE where SECRET_KEYS does not hold the event's key.
 */
export async function lockAttempt(
  tx: Executor,
  { secrets, log }: Pick<Dependencies, 'secrets' | 'log'>,
  event: EventWithParts,
  records: readonly ChainRecord[],
  list: ListSummary,
  details: AttemptDetails,
): Promise<{ drawLogId: string; lock: LockRecord }> {
  requireOperatorKey(secrets, event.keyId, records)
  const serverSeed = revealSeed({ secrets, log }, event, records)
  const undecided = event.visitBonus === null && !records.some(({ type }) => type === 'lock')
  const decided = undecided ? (details.visitBonus > 0 ? 1 : 0) : undefined
  const lock = nextLock(records, await readClock(tx), list, serverSeed, decided)
  await appendRecord(tx, secrets, event.keyId, records, lock)
  const drawLogId = Bun.randomUUIDv7()
  await insertDrawLog(tx, {
    id: drawLogId,
    eventId: event.id,
    attempt: lock.attempt,
    drawMethod: details.visitBonus > 0 ? 'visit-bonus' : 'uniform',
    bonusUsed: details.visitBonus > 0,
    algorithm: lock.algorithm,
    winnerCount: lock.winnerCount,
    alternateCount: lock.alternateCount,
    entryCount: lock.entryCount,
    eligibleCount: lock.eligibleCount,
    totalTickets: String(lock.totalTickets),
    lockSeq: lock.seq,
    round: lock.round === null ? null : String(lock.round),
    drawsAt: lock.round === null ? null : new Date(roundTime(lock.round)),
    lockedAt: new Date(lock.at),
    ...details,
  })
  return { drawLogId, lock }
}

/** The secret of the next attempt; null, from then on, where it is lost and a beacon decides. */
function revealSeed(
  { secrets, log }: Pick<Dependencies, 'secrets' | 'log'>,
  event: EventWithParts,
  records: readonly ChainRecord[],
): string | null {
  const locks = records.filter((record) => record.type === 'lock')
  if (locks.some(({ serverSeed }) => serverSeed === null)) return null
  const rules = records.findLast((record) => record.type === 'rules')
  try {
    if (event.seedCiphertext === null) throw new Error(`event ${event.id} has no seed`)
    return decryptSeedChain(secrets, event.id, event.seedCiphertext).secretFor(locks.length + 1)
  } catch (error) {
    if (rules?.beacon !== 'quicknet') throw error
    log.error({ err: error, eventId: event.id }, 'the seed is lost; the beacon alone decides this draw')
    return null
  }
}
