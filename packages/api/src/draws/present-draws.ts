import { listContactAttempts, listWonNotices } from '@eungmo/db/queries/contact-attempts'
import type { DrawLogRow } from '@eungmo/db/queries/draw-logs'
import { type DrawWinnerKey, listWaitingAlternates } from '@eungmo/db/queries/draw-winners'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { listSlotHolders, type SlotHolder } from '@eungmo/db/queries/slot-holders'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { readHolderDeadline } from '../destruction/require-stored-data.ts'
import { showNote } from '../personal-data/read-note.ts'
import { showPeople } from '../personal-data/read-people.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { presentContact } from '../winners/present-contact.ts'
import { notePlace, presentWinners } from './present-winner.ts'
import type { DrawLogDetailView, DrawLogTermsView } from './schema.ts'

const keyOf = ({ drawLogId, drawRank }: DrawWinnerKey) => `${drawLogId}/${drawRank}`

/**
 * The list as an attempt left it: of each slot, the last holder from that attempt or an earlier one. Of the newest
 * attempt, those who hold a slot now.
 */
function listAfter(
  holders: readonly SlotHolder[],
  { attempt, isNewest }: { attempt: number; isNewest: boolean },
): SlotHolder[] {
  if (isNewest) return holders.filter(({ standing }) => standing === 'selected')
  const bySlot = new Map<number, SlotHolder>()
  // The holders of a slot are in the order in which they held it.
  for (const holder of holders) if (holder.attempt <= attempt) bySlot.set(holder.slot, holder)
  return [...bySlot.values()]
}

/**
 * The draws of an event, each with its winners and with everybody who ever held a slot of the event: one line in
 * the access log. Throws UNAVAILABLE where that cannot be written.
 */
export async function presentDraws(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Actor,
  event: EventWithParts,
  logs: readonly DrawLogRow[],
): Promise<Omit<DrawLogDetailView, 'head'>[]> {
  const eventId = event.id
  const [holders, waiting, contacts, wonNotices, claimUntilOf] = await Promise.all([
    listSlotHolders(db, { eventId }),
    listWaitingAlternates(db, { eventId }),
    listContactAttempts(db, { eventId }),
    listWonNotices(db, { eventId }),
    readHolderDeadline(db, event),
  ])
  const access = await recordAccess(db, {
    actor: viewer,
    action: 'list-winners',
    eventId,
    people: holders.length,
  })
  const shown = presentWinners(eventId, holders, (subjects) => showPeople(secrets, access, subjects))
  const contactsOf = Map.groupBy(contacts, keyOf)
  const notifiedAt = new Map(wonNotices.map((notice) => [keyOf(notice), notice.sentAt.toISOString()]))
  const winners = new Map(shown.map(({ holder, winner }) => [holder, winner]))
  const history = shown.map(({ holder, winner }) => ({
    ...winner,
    participantId: holder.participantId,
    drawLogId: holder.drawLogId,
    attempt: holder.attempt,
    standing: holder.standing,
    entryPath: holder.entryPath,
    entryId: holder.entryId,
    drawRank: holder.drawRank,
    selectedAt: holder.selectedAt.toISOString(),
    withdrawnAt: holder.withdrawnAt?.toISOString() ?? null,
    reason: holder.withdrawReason,
    note: showNote(secrets, access, notePlace(holder), holder.withdrawNote),
    claimUntil: claimUntilOf(holder.selectedAt).toISOString(),
    notifiedAt: notifiedAt.get(keyOf(holder)) ?? null,
    claimedAt: holder.claimedAt?.toISOString() ?? null,
    handedOverAt: holder.handedOverAt?.toISOString() ?? null,
    contacts: (contactsOf.get(keyOf(holder)) ?? []).map((contact) =>
      presentContact(secrets, access, contact),
    ),
  }))
  const newest = Math.max(...logs.map(({ attempt }) => attempt))
  return logs.map((log) => ({
    ...presentLog(log),
    winners:
      log.drawnAt === null
        ? []
        : listAfter(holders, { attempt: log.attempt, isNewest: log.attempt === newest }).flatMap(
            (holder) => winners.get(holder) ?? [],
          ),
    alternates: waiting
      .filter(({ drawLogId, hasWithdrawn }) => drawLogId === log.id && !hasWithdrawn)
      .map(({ drawRank, entryId }) => ({ drawRank, entryId })),
    history,
  }))
}

/** A draw without its people. */
export function presentLog(log: DrawLogRow): DrawLogTermsView {
  return {
    drawLogId: log.id,
    eventId: log.eventId,
    attempt: log.attempt,
    previousDrawLogId: log.previousDrawLogId,
    isAutomatic: log.isAutomatic,
    lockedAt: log.lockedAt.toISOString(),
    drawsAt: log.drawsAt?.toISOString() ?? null,
    drawnAt: log.drawnAt?.toISOString() ?? null,
    drawMethod: log.drawMethod,
    algorithm: log.algorithm,
    winnerCount: log.winnerCount,
    alternateCount: log.alternateCount,
    visitBonus: log.visitBonus,
    entryCount: log.entryCount,
    eligibleCount: log.eligibleCount,
    totalTickets: Number(log.totalTickets),
    round: log.round === null ? null : Number(log.round),
    deviation: log.deviation,
  }
}
