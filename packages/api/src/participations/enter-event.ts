import { NEWEST_TEXT } from '@eungmo/db/queries/register-participants'
import { toHex } from '@eungmo/draw/encoding'
import { type SignedReceipt, signReceipt } from '@eungmo/draw/receipts'
import type { Context } from '../context.ts'
import { nativePrimitives } from '../crypto/native-primitives.ts'
import type { Dependencies } from '../dependencies.ts'
import { operatorSecret } from '../rules-record/chain.ts'
import type { AcceptedEntry } from './registration.ts'
import type { RegisterInput } from './schema.ts'
import { signReceiptOfParticipant } from './sign-newest-receipt.ts'
import { toSubmissionId } from './submission-id.ts'

/**
 * Enters a customer into an event, from the form and over REST. The receipt is null where none can be created
 * now. Throws NOT_FOUND, VALIDATION_FAILED (entryPath, visitToken), EVENT_NOT_OPEN, EVENT_CLOSED,
 * EVENT_PAUSED, ALREADY_PARTICIPATED, CONSENT_CHANGED, RATE_LIMITED and UNAVAILABLE.
 */
export async function enterEvent(
  { dependencies, clientAddress, idempotencyKey }: Context,
  request: RegisterInput,
): Promise<{ accepted: AcceptedEntry; receipt: SignedReceipt | null }> {
  dependencies.entryLimit.take(clientAddress)
  // Checked also where the body has a submissionId, which counts then.
  const keyId = idempotencyKey === null ? null : toSubmissionId(idempotencyKey)
  const accepted = await dependencies.registrar.register({
    eventId: request.eventId,
    name: request.name,
    phoneNumber: request.phoneNumber,
    entryPath: request.entryPath?.trim() || null,
    visitToken: request.visitToken?.trim() || null,
    submissionId: request.submissionId ?? keyId,
    consentVersion: request.consentVersion ?? null,
    marketingVersion: request.marketingConsent ? (request.marketingVersion ?? NEWEST_TEXT) : null,
  })
  return { accepted, receipt: await receiptIfAvailable(dependencies, request.eventId, accepted) }
}

/**
 * The entry is stored: a receipt that cannot be created now is left out, and the self-check page shows it
 * later.
 */
async function receiptIfAvailable(
  dependencies: Dependencies,
  eventId: string,
  accepted: AcceptedEntry,
): Promise<SignedReceipt | null> {
  try {
    return await signReceiptOf(dependencies, eventId, accepted)
  } catch (error) {
    const { participantId } = accepted
    dependencies.log.warn({ err: error, eventId, participantId }, 'the response to an entry has no receipt')
    return null
  }
}

/**
 * From what the registration statement returned, without a further query; for an entry that an earlier request
 * stored, from the database.
 */
async function signReceiptOf({ db, secrets }: Dependencies, eventId: string, accepted: AcceptedEntry) {
  const { participantId, participatedAt, visited, signable } = accepted
  if (signable === null) return signReceiptOfParticipant({ db, secrets }, { eventId, participantId })
  const fields = {
    eventId,
    rules: signable.rulesHash,
    id: signable.entryId,
    applicationNumber: accepted.applicationNumber,
    person: toHex(signable.person),
    visited: visited ? 1 : 0,
    n: 0,
    at: participatedAt.toISOString(),
  } as const
  return signReceipt(operatorSecret(secrets, accepted.keyId), fields, nativePrimitives)
}
