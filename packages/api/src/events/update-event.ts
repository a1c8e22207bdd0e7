import { type EventWithParts, type NewEvent, updateEventRow } from '@eungmo/db/queries/events'
import { replacePrizes } from '@eungmo/db/queries/prizes'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { amendRules } from '../rules-record/amend-rules.ts'
import { readChain } from '../rules-record/chain.ts'
import { checkTerms, type EventTerms, resolvePrizes, resolveVisitBonus } from './event-terms.ts'
import { presentEvent } from './present-event.ts'
import { requireFixedTerms } from './require-fixed-terms.ts'
import { lockOwnEvent, requireOwnEvent } from './require-own-event.ts'
import { requireDraft, requireUnlocked } from './require-unlocked.ts'
import type { EventView, UpdateEventInput } from './schema.ts'
import { storeTexts } from './store-texts.ts'

/**
 * Changes an event. A draft changes freely; once published, a change of what entrants rely on is a further
 * rules record, shown with its time and the number of entries so far; once locked, only the story changes. The
 * marketing box may come and go until then: those who entered without it were not asked, and no entry depends on it.
 * Throws VALIDATION_FAILED, TERMS_FIXED, CONFLICT (event-locked, event-cancelled,
 * event-published for a start at the publication, beacon-kept) and NOT_FOUND.
 */
export async function updateEvent(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Member,
  { eventId, story, asksMarketing, startsAtPublication, ...changes }: UpdateEventInput,
): Promise<EventView> {
  return db.transaction(async (tx) => {
    const event = await lockOwnEvent(tx, viewer, eventId)
    const changesTerms = Object.values(changes).some((value) => value !== undefined)
    const changesTexts = changesTerms || asksMarketing !== undefined
    if (changesTexts || event.status === 'cancelled') requireUnlocked(event)
    if (startsAtPublication) requireDraft(event)
    const columns: Partial<NewEvent> = {
      startsAtPublication:
        startsAtPublication ?? (changes.startsAt === undefined && event.startsAtPublication),
      ...(story !== undefined && { story }),
      ...(asksMarketing !== undefined && { asksMarketing }),
    }
    if (changesTerms) {
      const terms = mergedTerms(event, changes)
      checkTerms(terms)
      if (event.status === 'published') await requireFixedTerms(tx, event, terms)
      const { prizes, ...rest } = terms
      Object.assign(columns, rest)
      await replacePrizes(tx, { eventId: event.id, prizes })
      if (event.status === 'published') {
        const { records } = await readChain(tx, event.id)
        await amendRules(tx, secrets, event, records, terms)
      }
    }
    if (changesTexts && event.status === 'published')
      Object.assign(columns, await storeTexts(tx, { ...event, ...columns }))
    await updateEventRow(tx, { eventId: event.id, changes: columns })
    return presentEvent(await requireOwnEvent(tx, viewer, eventId))
  })
}

function mergedTerms(
  event: EventWithParts,
  changes: Omit<UpdateEventInput, 'eventId' | 'story' | 'asksMarketing' | 'startsAtPublication'>,
): EventTerms {
  return {
    title: changes.title ?? event.title,
    startsAt: changes.startsAt ?? event.startsAt,
    endsAt: changes.endsAt ?? event.endsAt,
    announcementDate: changes.announcementDate ?? event.announcementDate,
    ...resolvePrizes(changes, { winnerCount: event.winnerCount, prizes: event.prizes }),
    alternateCount: changes.alternateCount ?? event.alternateCount,
    visitBonus:
      changes.visitBonus === undefined
        ? event.visitBonus
        : changes.visitBonus === null
          ? null
          : resolveVisitBonus(changes.visitBonus, event.visitBonus),
    claimDays: changes.claimDays ?? event.claimDays,
    beacon: changes.beacon ?? event.beacon,
    beaconDelay: changes.beaconDelay ?? event.beaconDelay,
    sitOutMonths: changes.sitOutMonths ?? event.sitOutMonths,
    drawsAutomatically: changes.drawsAutomatically ?? event.drawsAutomatically,
  }
}
