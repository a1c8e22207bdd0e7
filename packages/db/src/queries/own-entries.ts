import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import type { EventStatus } from '../schema/events.ts'
import { consentTexts, marketingTexts, participants } from '../schema/index.ts'

/** Everything that is stored about one participant, with the texts that they agreed to; undefined for none. */
export async function findOwnEntry(
  executor: Executor,
  { eventId, participantId }: { eventId: string; participantId: string },
) {
  const [row] = await executor
    .select({
      id: participants.id,
      name: participants.name,
      phoneNumber: participants.phoneNumber,
      applicationNumber: participants.applicationNumber,
      entryPath: participants.entryPath,
      participatedAt: participants.participatedAt,
      visited: participants.visited,
      visitedAt: participants.visitedAt,
      entryId: participants.entryId,
      exclusionReason: participants.exclusionReason,
      withdrawnAt: participants.withdrawnAt,
      consentedAt: participants.consentedAt,
      consentVersion: participants.consentVersion,
      consentText: { ko: consentTexts.ko, en: consentTexts.en },
      marketingConsentedAt: participants.marketingConsentedAt,
      marketingVersion: participants.marketingVersion,
      marketingText: { ko: marketingTexts.ko, en: marketingTexts.en },
    })
    .from(participants)
    .innerJoin(
      consentTexts,
      and(
        eq(consentTexts.eventId, participants.eventId),
        eq(consentTexts.version, participants.consentVersion),
      ),
    )
    .leftJoin(
      marketingTexts,
      and(
        eq(marketingTexts.eventId, participants.eventId),
        eq(marketingTexts.version, participants.marketingVersion),
      ),
    )
    .where(and(eq(participants.eventId, eventId), eq(participants.id, participantId)))
  return row
}

/**
 * Replaces the name of a participant while the event is published, behind the same gate as an entry, and never
 * after the personal data was destroyed. Returns the event's status as read behind the gate, null for an unknown
 * event, and whether the name was replaced.
 * @param name the envelope of the new name
 */
export async function replaceName(
  executor: Executor,
  { eventId, participantId, name }: { eventId: string; participantId: string; name: Uint8Array },
): Promise<{ status: EventStatus | null; replaced: boolean }> {
  const [row] = await executor.execute<{ status: EventStatus | null; replaced: boolean }>(sql`
    with terms as materialized (select status from entry_terms(${eventId}, false)),
    replaced as (
      update participants p set name = ${Buffer.from(name)} from terms
      where p.event_id = ${eventId} and p.id = ${participantId} and terms.status = 'published' and p.name is not null
      returning p.id
    )
    select (select status from terms) as status, exists (select from replaced) as replaced`)
  return row ?? { status: null, replaced: false }
}

/**
 * Erases the marketing consent of a participant whose personal data is stored. Returns false where there was none.
 */
export async function eraseMarketingConsent(
  executor: Executor,
  { eventId, participantId }: { eventId: string; participantId: string },
): Promise<boolean> {
  const rows = await executor
    .update(participants)
    .set({ marketingConsentedAt: null, marketingVersion: null })
    .where(
      and(
        eq(participants.eventId, eventId),
        eq(participants.id, participantId),
        isNotNull(participants.marketingVersion),
      ),
    )
    .returning({ id: participants.id })
  return rows.length === 1
}
