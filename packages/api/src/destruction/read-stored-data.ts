import type { Executor } from '@eungmo/db/connection/client'
import { listPromises } from '@eungmo/db/queries/consent-texts'
import { listDestructionRecords } from '@eungmo/db/queries/destructions'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { countStoredByText, type StoredParticipants } from '@eungmo/db/queries/stored-participants'
import type { Member } from '../context.ts'
import { destroyedAt, type PromisedText, participantDeadlines } from '../deadlines/deadlines.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { requireNothingPromised } from './early-destruction.ts'
import type { EarlyDestructionView, StoredDataView, StoredGroupView } from './schema.ts'

/** What is stored of an event's entrants until when, and what was destroyed. Throws NOT_FOUND. */
export async function readStoredData(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  eventId: string,
): Promise<StoredDataView> {
  const event = await requireOwnEvent(db, viewer, eventId)
  const [counts, texts, records] = await Promise.all([
    countStoredByText(db, { eventId: event.id }),
    listPromises(db, { eventId: event.id }),
    listDestructionRecords(db, { eventId: event.id }),
  ])
  return {
    eventId: event.id,
    title: event.title,
    shopName: event.shopName,
    stored: storedGroups(event, texts, counts),
    records: records.map((record) => ({
      id: record.id,
      reason: record.reason,
      consentVersion: record.consentVersion,
      count: record.count,
      oldestEntryAt: record.oldestEntryAt.toISOString(),
      newestEntryAt: record.newestEntryAt.toISOString(),
      startedAt: record.startedAt.toISOString(),
      destroyedAt: record.destroyedAt.toISOString(),
    })),
    early: await readEarlyDestruction(db, event, counts.length > 0),
    now: event.now.toISOString(),
  }
}

/** Adds up those whose data is destroyed at the same date, the earliest date first. */
function storedGroups(
  event: EventWithParts,
  texts: readonly PromisedText[],
  counts: readonly StoredParticipants[],
): StoredGroupView[] {
  const groups = new Map<string, StoredGroupView>()
  for (const { consentVersion, isWinner, count } of counts) {
    const dates = participantDeadlines({ ...event, texts }, consentVersion)
    const who = whoOf(event, isWinner)
    const until = destroyedAt(dates, isWinner ? 'selected' : 'other').toISOString()
    const winnersUntil = who === 'entrant' ? dates.winnersUntil.toISOString() : null
    const key = [who, until, winnersUntil].join()
    groups.set(key, { who, until, winnersUntil, count: count + (groups.get(key)?.count ?? 0) })
  }
  return [...groups.values()].toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until))
}

function whoOf({ status }: EventWithParts, isWinner: boolean): StoredGroupView['who'] {
  if (status === 'cancelled') return 'cancelled'
  if (status !== 'drawn') return 'entrant'
  return isWinner ? 'won' : 'not-won'
}

async function readEarlyDestruction(
  executor: Executor,
  event: EventWithParts,
  isStored: boolean,
): Promise<EarlyDestructionView> {
  const state = (name: EarlyDestructionView['state'], claimUntil: string | null = null) => ({
    state: name,
    claimUntil,
  })
  if (!isStored) return state('nothing-stored')
  if (event.destructionRequestedAt) return state('requested')
  try {
    await requireNothingPromised(executor, event)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'DRAW_IN_PROGRESS') return state('draw-in-progress')
    if (error.code === 'CLAIM_OPEN') return state('claim-open', error.details.claimUntil)
    return state('event-running')
  }
  return state('possible')
}
