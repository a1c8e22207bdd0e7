import type { Executor } from '@eungmo/db/connection/client'
import { readClock } from '@eungmo/db/queries/clock'
import { findDrawLog } from '@eungmo/db/queries/draw-logs'
import { promoteAlternate, withdrawHolder } from '@eungmo/db/queries/draw-winners'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { markWinners } from '@eungmo/db/queries/participants'
import { roundTime } from '@eungmo/draw/beacon'
import {
  CHAIN_LENGTH,
  type ChainRecord,
  type DrawState,
  foldRecords,
  nextWithdraw,
  recordHash,
  WITHDRAW_REASONS,
  type WithdrawReason,
} from '@eungmo/draw/records'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { lockOwnEvent, ownEvent } from '../events/require-own-event.ts'
import { appendRecord, readChain } from '../rules-record/chain.ts'
import type { RedrawInput } from './draw-inputs.ts'
import { answerAttempt } from './draw-winners.ts'
import { lockAttempt } from './lock-attempt.ts'
import type { LockedAttempt } from './lock-event.ts'
import { prizeOfSlot } from './prize-of-slot.ts'
import { requireBeacon } from './require-beacon.ts'
import { requireLatest } from './require-draw-state.ts'
import type { DrawResult } from './schema.ts'

/**
 * Withdraws the holders of prize slots and fills the slots: first from the alternates who wait, and only what is left by a new attempt over
 * the frozen list less everybody drawn before. Answers the whole current list, or when the beacon decides. Throws DRAW_IN_PROGRESS,
 * DRAW_SUPERSEDED, NOT_ENOUGH_ENTRIES, CONFLICT (after the last of 256 attempts), VALIDATION_FAILED, UNAVAILABLE, NOT_FOUND and FORBIDDEN,
 * and has written nothing then.
 */
export async function redraw(
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'log' | 'drandRelays' | 'beaconChain'>,
  viewer: Member,
  input: RedrawInput,
): Promise<DrawResult> {
  const { db } = dependencies
  const log = await findDrawLog(db, { drawLogId: input.drawLogId })
  if (!log) throw new DomainError('NOT_FOUND')
  const event = await ownEvent(db, viewer, log.eventId)
  const before = await checkRedraw(db, event, input)
  if (before.toDraw > 0 && before.state.rules?.beacon === 'quicknet')
    await requireBeacon(dependencies, event.now)

  const locked = await db.transaction(async (tx): Promise<LockedAttempt> => {
    const held = await lockOwnEvent(tx, viewer, log.eventId)
    const { records, toDraw } = await checkRedraw(tx, held, input)
    await withdraw(tx, dependencies, held, records, input)
    if (toDraw === 0) return { drawLogId: log.id, drawsAt: null, list: null }
    const { firstLock } = foldRecords(records)
    if (!firstLock) throw new Error(`event ${held.id} was drawn without a lock`)
    const { drawLogId, lock } = await lockAttempt(tx, dependencies, held, records, firstLock, {
      previousDrawLogId: log.id,
      visitBonus: log.visitBonus,
      deviation: null,
      requestedBy: viewer.userId,
    })
    return { drawLogId, drawsAt: lock.round === null ? null : new Date(roundTime(lock.round)), list: null }
  })
  return answerAttempt(dependencies, event.id, locked)
}

/** Everything that may refuse a redraw, before anything is written. */
async function checkRedraw(
  executor: Executor,
  event: EventWithParts,
  { drawLogId, ranks, head }: RedrawInput,
): Promise<{ records: ChainRecord[]; state: DrawState; toDraw: number }> {
  await requireLatest(executor, { eventId: event.id, drawLogId })
  const { records } = await readChain(executor, event.id)
  const newest = records.at(-1)
  if (head !== undefined && newest && recordHash(newest) !== head)
    throw new DomainError('DRAW_SUPERSEDED', { drawLogId })
  const state = foldRecords(records)
  if (ranks.some((rank) => !state.slots[rank - 1]))
    throw new DomainError('VALIDATION_FAILED', { fields: [{ field: 'ranks', code: 'rank.unknown' }] })
  const toDraw = Math.max(0, ranks.length - state.waiting.length)
  const left = (state.firstLock?.eligibleCount ?? 0) - state.drawnIndexes.length
  if (toDraw > 0 && state.attempts >= CHAIN_LENGTH)
    throw new DomainError('CONFLICT', { reason: 'attempts-used-up' })
  if (toDraw > left) throw new DomainError('NOT_ENOUGH_ENTRIES', { entries: left, requested: toDraw })
  return { records, state, toDraw }
}

/** One of the record's words is public; anything else stays private and is recorded as `other`. */
function wordOf(reason: string): { word: WithdrawReason; note: string | null } {
  const word = WITHDRAW_REASONS.find((known) => known === reason)
  return word ? { word, note: null } : { word: 'other', note: reason }
}

/** Empties the slots in ascending order, so that nobody chooses which alternate takes which; adds to `records`. */
async function withdraw(
  tx: Executor,
  { secrets }: Pick<Dependencies, 'secrets'>,
  event: EventWithParts,
  records: ChainRecord[],
  { ranks, reason }: RedrawInput,
): Promise<void> {
  const { word, note } = wordOf(reason)
  const promoted: string[] = []
  const now = await readClock(tx)
  let at = now
  for (const slot of ranks.toSorted((a, b) => a - b)) {
    const record = nextWithdraw(records, now, slot, word)
    records.push(record)
    at = new Date(record.at)
    await appendRecord(tx, secrets, event.keyId, record)
    if (!(await withdrawHolder(tx, { eventId: event.id, slot, at, reason: word, note })))
      throw new Error(`slot ${slot} of event ${event.id} has no holder in draw_winners`)
    if (record.filledBy === null) continue
    const prize = prizeOfSlot(event.prizes, slot)
    promoted.push(
      await promoteAlternate(tx, { eventId: event.id, drawRank: record.filledBy, slot, prize, at }),
    )
  }
  if (promoted.length > 0) await markWinners(tx, { eventId: event.id, participantIds: promoted, wonAt: at })
}
