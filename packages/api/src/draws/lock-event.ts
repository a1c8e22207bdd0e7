import { allowDrawTime, type Executor } from '@eungmo/db/connection/client'
import { type EventWithParts, updateEventRow } from '@eungmo/db/queries/events'
import { countEligible } from '@eungmo/db/queries/participants'
import { roundTime } from '@eungmo/draw/beacon'
import type { EntryList } from '@eungmo/draw/list'
import { listSummary, MAX_DRAWN } from '@eungmo/draw/records'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireStoredData } from '../destruction/require-stored-data.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { resolveVisitBonus, termsFixed } from '../events/event-terms.ts'
import { lockOwnEvent } from '../events/require-own-event.ts'
import { type RecordedAccess, recordAccess } from '../personal-data/record-access.ts'
import { amendRules } from '../rules-record/amend-rules.ts'
import { readChain } from '../rules-record/chain.ts'
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

/**
 * The first of a draw's two transactions: closes the event where it is still open, records what differs from
 * the published rules, freezes the list and reveals the seed. Throws NOT_ENOUGH_ENTRIES, TERMS_FIXED,
 * VALIDATION_FAILED, ALREADY_DRAWN, DRAW_IN_PROGRESS, EVENT_PAUSED and CONFLICT, and has then stored nothing.
 */
export async function lockEvent(
  { db, secrets, log }: Pick<Dependencies, 'db' | 'secrets' | 'log'>,
  viewer: Actor,
  input: DrawWinnersInput,
): Promise<LockedAttempt> {
  return db.transaction(async (tx) => {
    await allowDrawTime(tx)
    const event = await lockOwnEvent(tx, viewer, input.eventId)
    await requireUndrawn(tx, event)
    requireUnpaused(event)
    await requireStoredData(tx, event, 'others')
    const drawn = await drawnTerms(tx, event, input)

    const tree = await freezeList(tx, { eventId: event.id, visitBonus: drawn.visitBonus })
    const { records } = await readChain(tx, event.id)
    // A bonus that the rules leave to the draw stands in the lock alone, without another rules record.
    const terms = { ...drawn, visitBonus: event.visitBonus }
    const amended = await amendRules(tx, secrets, event, records, terms, {
      changeReason: input.changeReason ?? null,
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
        deviation: deviation(event, drawn, input.changeReason ?? null),
        requestedBy: viewer.userId,
      },
    )
    await storeLockedList(tx, { eventId: event.id, tree, lockedAt: new Date(lock.at) })
    await updateEventRow(tx, { eventId: event.id, changes: { status: 'locked' } })
    return {
      drawLogId,
      drawsAt: lock.round === null ? null : new Date(roundTime(lock.round)),
      list: tree.list,
      access: await recordAccess(tx, {
        actor: viewer,
        action: 'draw',
        eventId: event.id,
        people: drawn.winnerCount,
      }),
    }
  })
}

type DrawnTerms = EventWithParts & { visitBonus: number }

/**
 * The published terms as this draw changes them; drawing early closes the event now. The lock caps the
 * alternates at what the entries leave. Throws VALIDATION_FAILED, NOT_ENOUGH_ENTRIES and TERMS_FIXED.
 */
async function drawnTerms(tx: Executor, event: EventWithParts, input: DrawWinnersInput): Promise<DrawnTerms> {
  const { winnerCount, alternateCount = event.alternateCount } = input
  const visitBonus = resolveVisitBonus(input.visitBonus, event.visitBonus)
  if (winnerCount + alternateCount > MAX_DRAWN) throw invalidField('winnerCount', 'too_large')
  if (event.visitBonus === null && visitBonus > 1) throw invalidField('visitBonus', 'too_large')
  if (event.visitBonus !== null && visitBonus !== event.visitBonus) throw termsFixed(event)
  const atMost = Math.max(winnerCount + alternateCount, event.winnerCount)
  const eligible = await countEligible(tx, { eventId: event.id, atMost })
  if (eligible < winnerCount)
    throw new DomainError('NOT_ENOUGH_ENTRIES', { entries: eligible, requested: winnerCount })
  if (winnerCount < Math.min(event.winnerCount, eligible)) throw termsFixed(event)
  return {
    ...event,
    winnerCount,
    visitBonus,
    alternateCount,
    endsAt: new Date(Math.min(event.now.getTime(), event.endsAt.getTime())),
  }
}

/**
 * How a draw differs from what was published; a bonus that the draw decides, or alternates that the entries
 * do not leave, are no difference.
 */
function deviation(published: EventWithParts, drawn: DrawnTerms, changeReason: string | null) {
  const changed = (key: 'winnerCount' | 'alternateCount') =>
    published[key] === drawn[key] ? {} : { [key]: { published: published[key], drawn: drawn[key] } }
  const differences = {
    ...changed('winnerCount'),
    ...changed('alternateCount'),
    ...(drawn.endsAt < published.endsAt && {
      endsAt: { published: published.endsAt.toISOString(), drawn: drawn.endsAt.toISOString() },
    }),
  }
  return Object.keys(differences).length > 0 ? { ...differences, changeReason } : null
}
