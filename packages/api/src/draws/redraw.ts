import type { Executor } from '@eungmo/db/connection/client'
import { findDrawLog } from '@eungmo/db/queries/draw-logs'
import { listWaitingAlternates } from '@eungmo/db/queries/draw-winners'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { roundTime } from '@eungmo/draw/beacon'
import { type ChainRecord, type DrawState, emptySlots, foldRecords, recordHash } from '@eungmo/draw/records'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireStoredData } from '../destruction/require-stored-data.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { lockOwnEvent, requireOwnEvent } from '../events/require-own-event.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { readChain } from '../rules-record/chain.ts'
import { requireWithdrawable } from '../winners/require-withdrawable.ts'
import { lockAttempt } from './lock-attempt.ts'
import type { LockedAttempt } from './lock-event.ts'
import { requireBeacon } from './require-beacon.ts'
import { requireLatest, requireUnpaused } from './require-draw-state.ts'
import { requireRedrawable } from './require-redrawable.ts'
import { resolveAttempt } from './resolve-attempt.ts'
import type { DrawResult, RedrawInput } from './schema.ts'
import { toWithdrawReason } from './to-withdraw-reason.ts'
import { withdrawSlots } from './withdraw-slots.ts'

/**
 * Withdraws the holders of prize slots and fills the slots: first from the waiting alternates, and the rest, with
 * every slot that was empty before, by a new attempt over the frozen list without everybody drawn before. Returns
 * the whole current list, or when the beacon decides. Throws DRAW_IN_PROGRESS, DRAW_SUPERSEDED, EVENT_PAUSED,
 * DATA_DESTROYED, CLAIM_OPEN, NOT_ENOUGH_ENTRIES, CONFLICT (prize-handed-over, winner-confirmed, after 256 attempts,
 * or 10,000 entries redrawn), VALIDATION_FAILED, UNAVAILABLE and NOT_FOUND, and has then stored nothing.
 */
export async function redraw(
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'notifier' | 'log' | 'drandRelays' | 'beaconChain'>,
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
    const { records, state, slots, toDraw } = await checkRedraw(tx, held, input)
    const { reason, note } = toWithdrawReason(input.reason, input.note)
    await withdrawSlots(tx, dependencies, held, records, { slots, reason, note })
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
  { drawLogId, ranks, head, reason }: RedrawInput,
): Promise<{ records: ChainRecord[]; state: DrawState; slots: number[]; toDraw: number }> {
  await requireLatest(executor, { eventId: event.id, drawLogId })
  requireUnpaused(event)
  const { records } = await readChain(executor, event.id)
  const newest = records.at(-1)
  if (head !== undefined && newest && recordHash(newest) !== head)
    throw new DomainError('DRAW_SUPERSEDED', { drawLogId })
  const state = foldRecords(records)
  if (ranks.some((rank) => rank > state.slots.length)) throw invalidField('ranks', 'rank.unknown')
  const slots = ranks.filter((rank) => state.slots[rank - 1])
  const waiting = await listWaitingAlternates(executor, { eventId: event.id })
  const fit = waiting.filter(({ hasWithdrawn }) => !hasWithdrawn).length
  // Slots are empty only while no alternate waits; an attempt draws for all of them.
  const toDraw = Math.max(0, slots.length - fit) + emptySlots(state).length
  await requireStoredData(executor, event, toDraw > 0 ? 'others' : 'winners')
  await requireWithdrawable(executor, event, { slots, reason: toWithdrawReason(reason).reason })
  requireRedrawable(state, toDraw)
  return { records, state, slots, toDraw }
}
