import { allowDrawTime, type Executor } from '@eungmo/db/connection/client'
import { type EventWithParts, updateEventRow } from '@eungmo/db/queries/events'
import { roundTime } from '@eungmo/draw/beacon'
import type { EntryList } from '@eungmo/draw/list'
import { listSummary } from '@eungmo/draw/records'
import type { Actor, Schedule } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireStoredData } from '../destruction/require-stored-data.ts'
import { lockOwnEvent } from '../events/require-own-event.ts'
import { type RecordedAccess, recordAccess } from '../personal-data/record-access.ts'
import { amendRules } from '../rules-record/amend-rules.ts'
import { readChain } from '../rules-record/chain.ts'
import { type DrawnTerms, deviationOf, manualTerms } from './drawn-terms.ts'
import { excludeEarlierWinners } from './earlier-winners.ts'
import { lockAttempt } from './lock-attempt.ts'
import { freezeList, storeLockedList } from './locked-list.ts'
import { requireUndrawn, requireUnpaused } from './require-draw-state.ts'
import type { DrawWinnersInput } from './schema.ts'

/** A locked attempt, as its result needs it. */
export interface LockedAttempt {
  drawLogId: string
  /** When the beacon's round is due; null where the result may follow immediately. */
  drawsAt: Date | null
  /** The list as hashed; null where it has to be read again. */
  list: EntryList | null
  /** The line in the access log, written with the lock. */
  access: RecordedAccess
}

type LockDependencies = Pick<Dependencies, 'secrets' | 'log'>

/**
 * The first of a draw's two transactions: closes the event where it is still open, excludes earlier winners who
 * sit out, records what differs from the published rules, freezes the list and reveals the seed. Throws
 * NOT_ENOUGH_ENTRIES, TERMS_FIXED, VALIDATION_FAILED, ALREADY_DRAWN, DRAW_IN_PROGRESS, EVENT_PAUSED and CONFLICT, and has then stored nothing.
 */
export async function lockEvent(
  { db, ...dependencies }: LockDependencies & Pick<Dependencies, 'db'>,
  viewer: Actor,
  input: DrawWinnersInput,
): Promise<LockedAttempt> {
  return db.transaction(async (tx) => {
    await allowDrawTime(tx)
    const event = await lockOwnEvent(tx, viewer, input.eventId)
    await requireUndrawn(tx, event)
    requireUnpaused(event)
    await requireStoredData(tx, event, 'others')
    await excludeEarlierWinners(tx, dependencies, viewer, event)
    const drawn = await manualTerms(tx, event, input)
    const changeReason = input.changeReason ?? null
    const locked = await lockOnTerms(tx, dependencies, event, drawn, { changeReason, actor: viewer })
    return {
      ...locked,
      access: await recordAccess(tx, {
        actor: viewer,
        action: 'draw',
        eventId: event.id,
        people: drawn.winnerCount,
      }),
    }
  })
}

/**
 * Locks an event whose row the caller has locked, and whose state and terms it has checked, in the caller's
 * transaction.
 */
export async function lockOnTerms(
  tx: Executor,
  { secrets, log }: LockDependencies,
  event: EventWithParts,
  drawn: DrawnTerms,
  { actor, changeReason }: { actor: Actor | Schedule; changeReason: string | null },
): Promise<Omit<LockedAttempt, 'access'>> {
  const tree = await freezeList(tx, { eventId: event.id, visitBonus: drawn.visitBonus })
  const { records } = await readChain(tx, event.id)
  // A bonus that the rules leave to the draw stands in the lock alone, without another rules record.
  const terms = { ...drawn, visitBonus: event.visitBonus }
  const amended = await amendRules(tx, secrets, event, records, terms, {
    changeReason,
    entriesSoFar: tree.list.size,
  })
  if (amended) records.push(amended)
  const { drawLogId, lock } = await lockAttempt(
    tx,
    { secrets, log },
    event,
    records,
    listSummary(tree, event.id),
    {
      visitBonus: drawn.visitBonus,
      deviation: deviationOf(event, drawn, changeReason),
      isAutomatic: actor.via === 'schedule',
      requestedBy: actor.via === 'schedule' ? null : actor.userId,
    },
  )
  await storeLockedList(tx, { eventId: event.id, tree, lockedAt: new Date(lock.at) })
  await updateEventRow(tx, { eventId: event.id, changes: { status: 'locked' } })
  return {
    drawLogId,
    drawsAt: lock.round === null ? null : new Date(roundTime(lock.round)),
    list: tree.list,
  }
}
