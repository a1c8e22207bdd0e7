import type { EventWithParts } from '@eungmo/db/queries/events'
import { listSlotHolders } from '@eungmo/db/queries/slot-holders'
import { isReservedReason, REASONS } from '@eungmo/draw/list'
import type { Dependencies } from '../dependencies.ts'
import type { OwnEntryView } from './schema.ts'

const INELIGIBLE = REASONS.indexOf('ineligible')

/** A reason as the locked list will show it: the reserved ones (fraud, other) are private. */
export const publicReason = (reason: number): number => (isReservedReason(reason) ? INELIGIBLE : reason)

/** What became of an entry, from the announcement on. */
export async function ownOutcome(
  { db }: Pick<Dependencies, 'db'>,
  event: EventWithParts,
  participantId: string,
): Promise<Pick<OwnEntryView, 'outcome' | 'rank' | 'prize'>> {
  const nothing = { rank: null, prize: null }
  if (event.status !== 'drawn' || event.now < event.announcementDate)
    return { outcome: 'waiting', ...nothing }
  const [held] = await listSlotHolders(db, { eventId: event.id, participantId })
  if (!held) return { outcome: 'not-won', ...nothing }
  return {
    outcome: held.standing === 'selected' ? 'won' : 'withdrawn',
    rank: held.slot,
    prize: held.prize,
  }
}
