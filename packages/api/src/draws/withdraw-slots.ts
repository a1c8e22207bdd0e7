import type { Executor } from '@eungmo/db/connection/client'
import { readClock } from '@eungmo/db/queries/clock'
import {
  findHolderKeys,
  listWaitingAlternates,
  markWinners,
  promoteAlternate,
  withdrawHolder,
} from '@eungmo/db/queries/draw-winners'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { type ChainRecord, nextWithdrawals, type WithdrawReason } from '@eungmo/draw/records'
import { sealNote } from '../crypto/personal-envelopes.ts'
import type { Dependencies } from '../dependencies.ts'
import { queueSlotChanges } from '../notices/queue-notices.ts'
import { appendRecord } from '../rules-record/chain.ts'
import { notePlace } from './present-winner.ts'
import { prizeOfSlot } from './prize-of-slot.ts'
import { storePersons } from './store-persons.ts'

export interface Withdrawal {
  /** Slots that have a holder. */
  slots: readonly number[]
  reason: WithdrawReason
  /** The owner's private note; null without one. */
  note: string | null
}

/** A waiting alternate as far as it matters here. */
interface Waiting {
  hasWithdrawn: boolean
}

/**
 * Which slot is emptied in which order: ascending, so that nobody can choose which alternate gets which. The
 * protocol promotes the alternate of the lowest rank, so one who withdrew takes the slot and leaves it at once.
 */
function inOrder({ slots, reason }: Withdrawal, waiting: readonly Waiting[]) {
  const order: { slot: number; reason: WithdrawReason; isRequested: boolean }[] = []
  let next = 0
  for (const slot of slots.toSorted((a, b) => a - b)) {
    order.push({ slot, reason, isRequested: true })
    while (waiting[next]?.hasWithdrawn) {
      order.push({ slot, reason: 'withdrawn', isRequested: false })
      next += 1
    }
    next += 1
  }
  return order
}

/**
 * Empties slots with withdraw records and moves waiting alternates up, in draw_winners as in the chain; appends the
 * records to `records`. The caller has locked the event's row, and no attempt is open. A slot for which no alternate
 * waits stays empty.
 */
export async function withdrawSlots(
  tx: Executor,
  { secrets, log, notifier }: Pick<Dependencies, 'secrets' | 'log' | 'notifier'>,
  event: EventWithParts,
  records: ChainRecord[],
  withdrawal: Withdrawal,
): Promise<void> {
  if (withdrawal.slots.length === 0) return
  const { note } = withdrawal
  const now = await readClock(tx)
  const holders = await findHolderKeys(tx, { eventId: event.id })
  const order = inOrder(withdrawal, await listWaitingAlternates(tx, { eventId: event.id }))
  const promoted: string[] = []
  let at = now
  for (const [place, record] of nextWithdrawals(records, now, order).entries()) {
    const { slot, reason } = record
    records.push(record)
    at = new Date(record.at)
    await appendRecord(tx, secrets, event.keyId, records, record)
    const holder = holders.get(slot)
    const isNoted = note !== null && order[place]?.isRequested === true
    const change = { at, reason, note: holder && isNoted ? sealNote(secrets, notePlace(holder), note) : null }
    if (!holder || !(await withdrawHolder(tx, holder, change)))
      throw new Error(`slot ${slot} of event ${event.id} has no holder in draw_winners`)
    holders.delete(slot)
    if (record.filledBy === null) continue
    const prize = prizeOfSlot(event.prizes, slot)
    const alternate = await promoteAlternate(tx, {
      eventId: event.id,
      drawRank: record.filledBy,
      slot,
      prize,
      at,
    })
    holders.set(slot, alternate)
    promoted.push(alternate.participantId)
  }
  await queueSlotChanges(tx, { notifier }, event, { promoted, now })
  if (promoted.length === 0) return
  await markWinners(tx, { eventId: event.id, participantIds: promoted, wonAt: at })
  await storePersons(tx, { secrets, log }, { eventId: event.id, participantIds: promoted })
}
