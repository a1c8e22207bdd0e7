import type { Executor } from '@eungmo/db/connection/client'
import { readClock } from '@eungmo/db/queries/clock'
import { findDrawLog } from '@eungmo/db/queries/draw-logs'
import { findHolderKeys, promoteAlternate, withdrawHolder } from '@eungmo/db/queries/draw-winners'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { markWinners } from '@eungmo/db/queries/participants'
import { roundTime } from '@eungmo/draw/beacon'
import {
  type ChainRecord,
  type DrawState,
  foldRecords,
  nextWithdrawals,
  recordHash,
} from '@eungmo/draw/records'
import type { Actor } from '../context.ts'
import { sealNote } from '../crypto/personal-envelopes.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireStoredData } from '../destruction/require-stored-data.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { lockOwnEvent, requireOwnEvent } from '../events/require-own-event.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { appendRecord, readChain } from '../rules-record/chain.ts'
import { lockAttempt } from './lock-attempt.ts'
import type { LockedAttempt } from './lock-event.ts'
import { notePlace } from './present-winner.ts'
import { prizeOfSlot } from './prize-of-slot.ts'
import { requireBeacon } from './require-beacon.ts'
import { requireLatest, requireUnpaused } from './require-draw-state.ts'
import { requireRedrawable } from './require-redrawable.ts'
import { resolveAttempt } from './resolve-attempt.ts'
import type { DrawResult, RedrawInput } from './schema.ts'
import { storePersons } from './store-persons.ts'
import { toWithdrawReason } from './to-withdraw-reason.ts'

/**
 * Withdraws the holders of prize slots and fills the slots: first from the waiting alternates, and the rest
 * by a new attempt over the frozen list without everybody drawn before. Returns the whole current list, or
 * when the beacon decides. Throws DRAW_IN_PROGRESS, DRAW_SUPERSEDED, EVENT_PAUSED, DATA_DESTROYED, NOT_ENOUGH_ENTRIES,
 * CONFLICT (after 256 attempts, or 10,000 entries redrawn), VALIDATION_FAILED, UNAVAILABLE and NOT_FOUND, and has then stored
 * nothing.
 */
export async function redraw(
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'log' | 'drandRelays' | 'beaconChain'>,
  viewer: Actor,
  input: RedrawInput,
): Promise<DrawResult> {
  const { db } = dependencies
  const log = await findDrawLog(db, { drawLogId: input.drawLogId })
  if (!log) throw new DomainError('NOT_FOUND')
  const event = await requireOwnEvent(db, viewer, log.eventId)
  const before = await checkRedraw(db, event, input)
  if (before.toDraw > 0 && before.state.rules?.beacon === 'quicknet')
    await requireBeacon(dependencies, event.now)

  const locked = await db.transaction(async (tx): Promise<LockedAttempt> => {
    const held = await lockOwnEvent(tx, viewer, log.eventId)
    const { records, state, toDraw } = await checkRedraw(tx, held, input)
    await withdraw(tx, dependencies, held, records, input)
    const access = await recordAccess(tx, {
      actor: viewer,
      action: 'redraw',
      eventId: held.id,
      people: state.slots.length,
    })
    if (toDraw === 0) return { drawLogId: log.id, drawsAt: null, list: null, access }
    const { firstLock } = foldRecords(records)
    if (!firstLock) throw new Error(`event ${held.id} was drawn without a lock`)
    const { drawLogId, lock } = await lockAttempt(tx, dependencies, held, records, firstLock, {
      previousDrawLogId: log.id,
      visitBonus: log.visitBonus,
      deviation: null,
      requestedBy: viewer.userId,
    })
    const drawsAt = lock.round === null ? null : new Date(roundTime(lock.round))
    return { drawLogId, drawsAt, list: null, access }
  })
  return resolveAttempt(dependencies, event.id, locked)
}

/** Every check of a redraw, before anything is stored. */
async function checkRedraw(
  executor: Executor,
  event: EventWithParts,
  { drawLogId, ranks, head }: RedrawInput,
): Promise<{ records: ChainRecord[]; state: DrawState; toDraw: number }> {
  await requireLatest(executor, { eventId: event.id, drawLogId })
  requireUnpaused(event)
  const { records } = await readChain(executor, event.id)
  const newest = records.at(-1)
  if (head !== undefined && newest && recordHash(newest) !== head)
    throw new DomainError('DRAW_SUPERSEDED', { drawLogId })
  const state = foldRecords(records)
  if (ranks.some((rank) => !state.slots[rank - 1])) throw invalidField('ranks', 'rank.unknown')
  const toDraw = Math.max(0, ranks.length - state.waiting.length)
  await requireStoredData(executor, event, toDraw > 0 ? 'others' : 'winners')
  requireRedrawable(state, toDraw)
  return { records, state, toDraw }
}

/**
 * Empties the slots in ascending order, so that the owner cannot choose which alternate gets which; appends
 * to `records`.
 */
async function withdraw(
  tx: Executor,
  { secrets, log }: Pick<Dependencies, 'secrets' | 'log'>,
  event: EventWithParts,
  records: ChainRecord[],
  { ranks, reason: text, note: privateNote }: RedrawInput,
): Promise<void> {
  const { reason, note } = toWithdrawReason(text, privateNote)
  const promoted: string[] = []
  const now = await readClock(tx)
  const holders = await findHolderKeys(tx, { eventId: event.id })
  let at = now
  const slots = ranks.toSorted((a, b) => a - b)
  for (const record of nextWithdrawals(records, now, slots, reason)) {
    const { slot } = record
    records.push(record)
    at = new Date(record.at)
    await appendRecord(tx, secrets, event.keyId, records, record)
    const holder = holders.get(slot)
    const change = {
      at,
      reason,
      note: holder && note !== null ? sealNote(secrets, notePlace(holder), note) : null,
    }
    if (!holder || !(await withdrawHolder(tx, holder, change)))
      throw new Error(`slot ${slot} of event ${event.id} has no holder in draw_winners`)
    if (record.filledBy === null) continue
    const prize = prizeOfSlot(event.prizes, slot)
    promoted.push(
      await promoteAlternate(tx, { eventId: event.id, drawRank: record.filledBy, slot, prize, at }),
    )
  }
  if (promoted.length === 0) return
  await markWinners(tx, { eventId: event.id, participantIds: promoted, wonAt: at })
  await storePersons(tx, { secrets, log }, { eventId: event.id, participantIds: promoted })
}
