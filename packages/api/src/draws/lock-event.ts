import { allowDrawTime } from '@eungmo/db/connection/client'
import { type EventWithParts, updateEventRow } from '@eungmo/db/queries/events'
import { countEligible } from '@eungmo/db/queries/participants'
import { roundTime } from '@eungmo/draw/beacon'
import type { EntryList } from '@eungmo/draw/list'
import { listSummary } from '@eungmo/draw/records'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { resolveVisitBonus } from '../events/event-terms.ts'
import { lockOwnEvent } from '../events/require-own-event.ts'
import { amendRules } from '../rules-record/amend-rules.ts'
import { readChain } from '../rules-record/chain.ts'
import { lockAttempt } from './lock-attempt.ts'
import { freezeList, storeLockedList } from './locked-list.ts'
import { requireUndrawn } from './require-draw-state.ts'
import type { DrawWinnersInput } from './schema.ts'

/** A locked attempt, as its result needs it. */
export interface LockedAttempt {
  drawLogId: string
  /** When the beacon's round is due; null where the result may follow immediately. */
  drawsAt: Date | null
  /** The list as hashed; null where it has to be read again. */
  list: EntryList | null
}

/**
 * The first of a draw's two transactions: closes the event where it is still open, records what differs from
 * the published rules, freezes the list and reveals the seed. Throws NOT_ENOUGH_ENTRIES, ALREADY_DRAWN,
 * DRAW_IN_PROGRESS and CONFLICT, and has then stored nothing.
 */
export async function lockEvent(
  { db, secrets, log }: Pick<Dependencies, 'db' | 'secrets' | 'log'>,
  viewer: Member,
  input: DrawWinnersInput,
): Promise<LockedAttempt> {
  return db.transaction(async (tx) => {
    await allowDrawTime(tx)
    const event = await lockOwnEvent(tx, viewer, input.eventId)
    await requireUndrawn(tx, event)
    const drawn = drawnTerms(event, input)
    const requested = drawn.winnerCount + drawn.alternateCount
    const eligible = await countEligible(tx, { eventId: event.id, atMost: requested })
    if (eligible < requested) throw new DomainError('NOT_ENOUGH_ENTRIES', { entries: eligible, requested })

    const tree = await freezeList(tx, { eventId: event.id, visitBonus: drawn.visitBonus })
    const { records } = await readChain(tx, event.id)
    const amended = await amendRules(tx, secrets, event, records, drawn, {
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
    }
  })
}

/** The published terms as this draw changes them; drawing early closes the event now. */
function drawnTerms(event: EventWithParts, input: DrawWinnersInput) {
  return {
    ...event,
    winnerCount: input.winnerCount,
    visitBonus: resolveVisitBonus(input.visitBonus, event.visitBonus),
    alternateCount: input.alternateCount ?? event.alternateCount,
    endsAt: new Date(Math.min(event.now.getTime(), event.endsAt.getTime())),
  }
}

function deviation(
  published: EventWithParts,
  drawn: ReturnType<typeof drawnTerms>,
  changeReason: string | null,
) {
  const changed = (key: 'winnerCount' | 'visitBonus' | 'alternateCount') =>
    published[key] === drawn[key] ? {} : { [key]: { published: published[key], drawn: drawn[key] } }
  const differences = {
    ...changed('winnerCount'),
    ...changed('visitBonus'),
    ...changed('alternateCount'),
    ...(drawn.endsAt < published.endsAt && {
      endsAt: { published: published.endsAt.toISOString(), drawn: drawn.endsAt.toISOString() },
    }),
  }
  return Object.keys(differences).length > 0 ? { ...differences, changeReason } : null
}
