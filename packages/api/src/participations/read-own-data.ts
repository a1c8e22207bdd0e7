import { findOwnClaim } from '@eungmo/db/queries/claims'
import { listPromises } from '@eungmo/db/queries/consent-texts'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { listOwnNotices } from '@eungmo/db/queries/notices'
import { findOwnEntry } from '@eungmo/db/queries/own-entries'
import { destroyedAt, participantDeadlines } from '../deadlines/deadlines.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { readOwnData } from '../personal-data/own-data.ts'
import { createEntryProof, readEntryProof } from './own-entry-proof.ts'
import { ownOutcome, publicReason } from './own-outcome.ts'
import { proveEntry } from './prove-entry.ts'
import { requirePublished } from './require-published.ts'
import type { OwnDataInput, OwnDataView } from './schema.ts'

type OwnDataDependencies = Pick<Dependencies, 'db' | 'secrets' | 'observe'>

/**
 * Everything that is stored about an entrant, for the entrant, who proves it with application number and phone
 * number, or with the proof of an earlier call. Throws NOT_FOUND, also once the personal data was destroyed;
 * VALIDATION_FAILED for an expired proof; and UNAVAILABLE where the access log cannot be written.
 */
export async function readOwnEntry(
  dependencies: OwnDataDependencies,
  { eventId, ...shown }: OwnDataInput,
): Promise<OwnDataView> {
  const { db, secrets } = dependencies
  const event = await requirePublished(dependencies, eventId)
  const { participantId, proof } = await proveOwn(dependencies, event, shown)
  const row = await findOwnEntry(db, { eventId: event.id, participantId })
  if (!row || row.applicationNumber === null) throw new DomainError('NOT_FOUND', { reason: 'entry' })
  const sealed = { eventId: event.id, participantId, name: row.name, phoneNumber: row.phoneNumber }
  const { name, phoneNumber } = await readOwnData({ db, secrets }, { shopId: event.shopId, person: sealed })
  const texts = await listPromises(db, { eventId: event.id })
  const dates = participantDeadlines({ ...event, texts }, row.consentVersion)
  const claim = await findOwnClaim(db, { eventId: event.id, participantId })
  const outcome = await ownOutcome({ db }, event, participantId)
  const sent = await listOwnNotices(db, { eventId: event.id, participantId })
  // A notice that waits for the announcement would say who has won.
  const notices =
    outcome.outcome === 'waiting' ? sent.filter(({ kind }) => kind === 'application-number') : sent
  const { marketingConsentedAt, marketingVersion, marketingText } = row
  return {
    event: { eventId: event.id, slug: event.slug, title: event.title, shopName: event.shopName },
    applicationNumber: row.applicationNumber,
    name: name ?? '',
    phoneNumber: phoneNumber ?? '',
    entryPath: row.entryPath,
    participatedAt: row.participatedAt.toISOString(),
    visited: row.visited,
    visitedAt: row.visitedAt?.toISOString() ?? null,
    entryId: row.entryId,
    exclusionReason: publicReason(row.exclusionReason),
    ...outcome,
    claim: claim
      ? {
          confirmedAt: claim.claimedAt.toISOString(),
          handedOverAt: claim.handedOverAt?.toISOString() ?? null,
        }
      : null,
    notices: notices.map(({ kind, state, changedAt }) => ({ kind, state, at: changedAt.toISOString() })),
    consent: { at: row.consentedAt.toISOString(), version: row.consentVersion, text: row.consentText },
    marketing:
      marketingConsentedAt && marketingVersion !== null && marketingText
        ? { at: marketingConsentedAt.toISOString(), version: marketingVersion, text: marketingText }
        : null,
    storedUntil: {
      notWon: destroyedAt(dates, 'other').toISOString(),
      won: destroyedAt(dates, 'selected').toISOString(),
    },
    mayCorrectName: event.status === 'published',
    isDrawn: event.status === 'drawn',
    proof,
  }
}

/** The participant, and a proof of it: the one that was shown, which reading does not prolong, or a new one. */
async function proveOwn(
  dependencies: OwnDataDependencies,
  event: EventWithParts,
  { proof, applicationNumber, phoneNumber }: Omit<OwnDataInput, 'eventId'>,
): Promise<{ participantId: string; proof: string }> {
  const { secrets } = dependencies
  const ids = { eventId: event.id, now: event.now }
  if (proof !== undefined)
    return { participantId: readEntryProof(secrets, 'own-entry', { ...ids, proof }), proof }
  if (applicationNumber === undefined) throw invalidField('applicationNumber', 'required')
  if (phoneNumber === undefined) throw invalidField('phoneNumber', 'required')
  const { entry } = await proveEntry(dependencies, {
    event,
    purpose: 'own-data',
    proof: { applicationNumber, phoneNumber },
  })
  if (!entry) throw new DomainError('NOT_FOUND', { reason: 'entry' })
  const participantId = entry.id
  return { participantId, proof: createEntryProof(secrets, 'own-entry', { ...ids, participantId }) }
}
