import type { Executor } from '@eungmo/db/connection/client'
import type { NewDrawLog } from '@eungmo/db/queries/draw-logs'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { countEligible } from '@eungmo/db/queries/participants'
import { MAX_DRAWN } from '@eungmo/draw/records'
import { automaticDrawAt } from '../deadlines/automatic-draw.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { resolveVisitBonus, termsFixed } from '../events/event-terms.ts'
import { MINUTE_MS } from '../seoul-time.ts'
import type { DrawWinnersInput } from './schema.ts'

/** An event's terms as a draw uses them. */
export type DrawnTerms = EventWithParts & { visitBonus: number }

/** From the published time of an automatic draw, until which it is no deviation. */
const PUNCTUAL_FOR_MS = MINUTE_MS

/**
 * The published terms as a draw by hand changes them; drawing early closes the event now, and replaces an automatic
 * draw. The lock caps the alternates at what the entries leave. Throws VALIDATION_FAILED, NOT_ENOUGH_ENTRIES and
 * TERMS_FIXED.
 */
export async function manualTerms(
  tx: Executor,
  event: EventWithParts,
  input: DrawWinnersInput,
): Promise<DrawnTerms> {
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
  const drawAt = automaticDrawAt(event)
  return {
    ...event,
    winnerCount,
    visitBonus,
    alternateCount,
    endsAt: new Date(Math.min(event.now.getTime(), event.endsAt.getTime())),
    drawsAutomatically: drawAt !== null && event.now >= drawAt,
  }
}

/**
 * The published terms as far as the entries allow them: with fewer entries than winners, everybody wins. Null
 * without entries.
 */
export async function automaticTerms(tx: Executor, event: EventWithParts): Promise<DrawnTerms | null> {
  if (event.visitBonus === null) throw new Error(`event ${event.id} has no visit bonus to draw with`)
  const eligible = await countEligible(tx, { eventId: event.id, atMost: event.winnerCount })
  if (eligible === 0) return null
  return { ...event, visitBonus: event.visitBonus, winnerCount: Math.min(event.winnerCount, eligible) }
}

/**
 * How a draw differs from what was published; a bonus that the draw decides, or alternates that the entries
 * do not leave, are no difference.
 */
export function deviationOf(
  published: EventWithParts,
  drawn: DrawnTerms,
  changeReason: string | null,
): NewDrawLog['deviation'] {
  const changed = (key: 'winnerCount' | 'alternateCount') =>
    published[key] === drawn[key] ? {} : { [key]: { published: published[key], drawn: drawn[key] } }
  const { now } = published
  const drawAt = automaticDrawAt(published)
  const isPunctual = drawAt === null || (now >= drawAt && now.getTime() < drawAt.getTime() + PUNCTUAL_FOR_MS)
  const differences = {
    ...changed('winnerCount'),
    ...changed('alternateCount'),
    ...(drawn.endsAt < published.endsAt && {
      endsAt: { published: published.endsAt.toISOString(), drawn: drawn.endsAt.toISOString() },
    }),
    ...(!isPunctual && { drawAt: { published: drawAt.toISOString(), drawn: now.toISOString() } }),
  }
  return Object.keys(differences).length > 0 ? { ...differences, changeReason } : null
}
