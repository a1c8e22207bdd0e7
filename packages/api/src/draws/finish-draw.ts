import { allowDrawTime, type Executor } from '@eungmo/db/connection/client'
import { readClock } from '@eungmo/db/queries/clock'
import { closeDrawLog, findDrawLog } from '@eungmo/db/queries/draw-logs'
import {
  insertDrawWinners,
  listSlotsOfWithdrawn,
  markWinners,
  type NewDrawWinner,
} from '@eungmo/db/queries/draw-winners'
import { type EventWithParts, lockEventRow, updateEventRow } from '@eungmo/db/queries/events'
import { findParticipantIdsByEntry } from '@eungmo/db/queries/participants'
import type { EntryList } from '@eungmo/draw/list'
import {
  type ChainRecord,
  emptySlots,
  foldRecords,
  type LockRecord,
  nextResult,
  type ResultRecord,
} from '@eungmo/draw/records'
import type { Dependencies } from '../dependencies.ts'
import { queueDrawSummary, queueSlotChanges } from '../notices/queue-notices.ts'
import { appendRecord, readChain } from '../rules-record/chain.ts'
import { readLockedTree } from './locked-list.ts'
import { prizeOfSlot } from './prize-of-slot.ts'
import { storePersons } from './store-persons.ts'
import { withdrawSlots } from './withdraw-slots.ts'

export interface Finish {
  drawLogId: string
  /** The list, where the caller still holds it from the lock. */
  list?: EntryList | null
  /** The round's signature, already verified; null without a beacon. */
  signature: string | null
}

/**
 * The second of a draw's two transactions: result, winners and their marks, and the withdrawals of those who
 * withdrew in the meantime. It is a function of lock, list
 * and round, so any process may finish an attempt, also days after a crash. Returns whether this call did;
 * false means that the attempt was already finished.
 */
export async function finishDraw(
  {
    db,
    secrets,
    notifier,
    log: logger,
    beaconChain,
  }: Pick<Dependencies, 'db' | 'secrets' | 'notifier' | 'log' | 'beaconChain'>,
  { drawLogId, list, signature }: Finish,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    await allowDrawTime(tx)
    const found = await findDrawLog(tx, { drawLogId })
    if (!found) throw new Error(`there is no draw ${drawLogId}`)
    const event = await lockEventRow(tx, { eventId: found.eventId })
    if (!event) throw new Error(`draw ${drawLogId} has no event`)
    const log = await findDrawLog(tx, { drawLogId })
    if (log?.drawnAt !== null) return false

    const { records } = await readChain(tx, event.id)
    const { openLock } = foldRecords(records)
    if (openLock?.attempt !== log.attempt)
      throw new Error(`attempt ${log.attempt} of event ${event.id} is not the open one`)
    const entries = list ?? (await readLockedTree(tx, event.id)).list
    const result = nextResult(records, await readClock(tx), entries, signature, beaconChain.hash)
    await appendRecord(tx, secrets, event.keyId, records, result)
    const participantIds = await storeWinners(tx, event, drawLogId, records, openLock, result)
    await storePersons(tx, { secrets, log: logger }, { eventId: event.id, participantIds })
    await closeDrawLog(tx, { drawLogId, drawnAt: new Date(result.at) })
    await updateEventRow(tx, { eventId: event.id, changes: { status: 'drawn' } })
    const now = new Date(result.at)
    await queueSlotChanges(tx, { notifier }, event, { promoted: participantIds, now })
    await queueDrawSummary(tx, { notifier }, { eventId: event.id, drawLogId })
    // Those who withdrew while the attempt was open, or before it and were drawn.
    const slots = await listSlotsOfWithdrawn(tx, { eventId: event.id })
    await withdrawSlots(tx, { secrets, notifier, log: logger }, event, [...records, result], {
      slots,
      reason: 'withdrawn',
      note: null,
    })
    return true
  })
}

/** Returns the participants who have taken a slot. */
async function storeWinners(
  tx: Executor,
  event: EventWithParts,
  drawLogId: string,
  before: readonly ChainRecord[],
  lock: LockRecord,
  result: ResultRecord,
): Promise<string[]> {
  const participants = await findParticipantIdsByEntry(tx, {
    eventId: event.id,
    entryIds: result.draws.map(({ id }) => id),
  })
  const wonAt = new Date(result.at)
  const empty = lock.attempt === 1 ? null : emptySlots(foldRecords(before))
  const rows = result.draws.map((drawn): NewDrawWinner => {
    const participantId = participants.get(drawn.id)
    if (!participantId) throw new Error(`entry ${drawn.id} of event ${event.id} has no participant`)
    const wins = drawn.rank <= lock.winnerCount
    const slot = wins ? (empty === null ? drawn.rank : (empty[drawn.rank - 1] ?? null)) : null
    return {
      drawLogId,
      drawRank: drawn.rank,
      eventId: event.id,
      slot,
      prize: slot === null ? null : prizeOfSlot(event.prizes, slot),
      entryIndex: drawn.index,
      entryId: drawn.id,
      participantId,
      standing: slot === null ? 'alternate' : 'selected',
      selectedAt: slot === null ? null : wonAt,
    }
  })
  await insertDrawWinners(tx, rows)
  const participantIds = rows.filter(({ slot }) => slot !== null).map(({ participantId }) => participantId)
  await markWinners(tx, { eventId: event.id, participantIds, wonAt })
  return participantIds
}
