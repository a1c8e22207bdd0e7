import { type EventWithParts, type NewEvent, updateEventRow } from '@eungmo/db/queries/events'
import { replacePrizes } from '@eungmo/db/queries/prizes'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { amendRules } from '../rules-record/amend-rules.ts'
import { readChain } from '../rules-record/chain.ts'
import type { UpdateEventInput } from './event-inputs.ts'
import { agreePrizes, agreeVisitBonus, checkTerms, type EventTerms } from './event-terms.ts'
import { presentEvent } from './present-event.ts'
import { storeConsent } from './read-consent.ts'
import { lockOwnEvent, ownEvent } from './require-own-event.ts'
import type { EventView } from './schema.ts'

/**
 * Changes an event. A draft changes freely; once published, what entrants rely on changes only by a further rules record, shown with
 * its time and the entries so far; once locked, only the story. Throws VALIDATION_FAILED, CONFLICT (event-locked, event-cancelled,
 * beacon-kept), NOT_FOUND and FORBIDDEN.
 */
export async function updateEvent(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Member,
  { eventId, story, ...changes }: UpdateEventInput,
): Promise<EventView> {
  return db.transaction(async (tx) => {
    const event = await lockOwnEvent(tx, viewer, eventId)
    const changesTerms = Object.values(changes).some((value) => value !== undefined)
    refuse(event, changesTerms)
    const columns: Partial<NewEvent> = story === undefined ? {} : { story }
    if (changesTerms) {
      const terms = mergedTerms(event, changes)
      checkTerms(terms)
      const { prizes, ...rest } = terms
      Object.assign(columns, rest)
      await replacePrizes(tx, { eventId: event.id, prizes })
      if (event.status === 'published') {
        const { records } = await readChain(tx, event.id)
        await amendRules(tx, secrets, event, records, terms)
        columns.consentVersion = await storeConsent(tx, { ...event, ...terms })
      }
    }
    await updateEventRow(tx, { eventId: event.id, changes: columns })
    return presentEvent(await ownEvent(tx, viewer, eventId))
  })
}

function refuse(event: EventWithParts, changesTerms: boolean): void {
  if (event.status === 'cancelled') throw new DomainError('CONFLICT', { reason: 'event-cancelled' })
  const locked = event.status === 'locked' || event.status === 'drawn'
  if (locked && changesTerms) throw new DomainError('CONFLICT', { reason: 'event-locked' })
}

function mergedTerms(
  event: EventWithParts,
  changes: Omit<UpdateEventInput, 'eventId' | 'story'>,
): EventTerms {
  return {
    title: changes.title ?? event.title,
    startsAt: changes.startsAt ?? event.startsAt,
    endsAt: changes.endsAt ?? event.endsAt,
    announcementDate: changes.announcementDate ?? event.announcementDate,
    ...agreePrizes(changes, { winnerCount: event.winnerCount, prizes: event.prizes }),
    alternateCount: changes.alternateCount ?? event.alternateCount,
    visitBonus:
      changes.visitBonus === undefined
        ? event.visitBonus
        : agreeVisitBonus(changes.visitBonus, event.visitBonus),
    beacon: changes.beacon ?? event.beacon,
    beaconDelay: changes.beaconDelay ?? event.beaconDelay,
  }
}
