import { uuidFromText } from '@eungmo/messaging/contract/uuid-from-text'
import type { Context } from '../context.ts'
import { signReceiptNatively } from '../crypto/operator-signature.ts'
import type { Dependencies } from '../dependencies.ts'
import { operatorSecret } from '../rules-record/chain.ts'
import type { AcceptedEntry } from './registrar.ts'
import { receiptOfParticipant } from './sign-receipt.ts'

export interface ParticipationRequest {
  eventId: string
  name: string
  phoneNumber: string
  entryPath?: string | undefined
  visitToken?: string | undefined
  submissionId?: string | undefined
}

const thanks = { ko: '참여해주셔서 감사합니다', en: 'Thank you for entering' } as const
const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An Idempotency-Key may be any text; one that is no UUID becomes one by its hash (RFC 9562, version 8). */
export function submissionIdOf(idempotencyKey: string): string {
  if (uuidPattern.test(idempotencyKey)) return idempotencyKey.toLowerCase()
  return uuidFromText(`eungmo/idempotency-key\0${idempotencyKey}`)
}

/**
 * Enters a customer into an event and answers what the done page shows. Throws NOT_FOUND, VALIDATION_FAILED (entryPath, visitToken),
 * EVENT_NOT_OPEN, EVENT_CLOSED, ALREADY_PARTICIPATED, RATE_LIMITED and UNAVAILABLE.
 */
export async function registerParticipation(
  { dependencies, locale, clientAddress, idempotencyKey }: Context,
  request: ParticipationRequest,
) {
  dependencies.entryLimit.take(clientAddress)
  const accepted = await dependencies.registrar.register({
    eventId: request.eventId,
    name: request.name,
    phoneNumber: request.phoneNumber,
    entryPath: request.entryPath?.trim() || null,
    visitToken: request.visitToken?.trim() || null,
    submissionId: request.submissionId ?? (idempotencyKey ? submissionIdOf(idempotencyKey) : null),
  })
  return {
    applicationNumber: accepted.applicationNumber,
    announcementDate: accepted.announcementDate.toISOString(),
    message: thanks[locale],
    ...(await receiptIfAny(dependencies, request.eventId, accepted)),
  }
}

/** The entry is in already: a receipt that cannot be made now is left out, and the self-check page has it later. */
async function receiptIfAny(dependencies: Dependencies, eventId: string, accepted: AcceptedEntry) {
  try {
    const receipt = await receiptOf(dependencies, eventId, accepted)
    return receipt ? { receipt } : {}
  } catch (error) {
    const { participantId } = accepted
    dependencies.log.warn({ err: error, eventId, participantId }, 'an entry was answered without its receipt')
    return {}
  }
}

/** From what the registration already knows, without asking the database, unless a visit was marked since. */
async function receiptOf({ db, secrets }: Dependencies, eventId: string, accepted: AcceptedEntry) {
  const { participantId, participatedAt, visited, visitedAt, rulesHash } = accepted
  const upgraded = visitedAt !== null && visitedAt > participatedAt
  if (rulesHash === null || upgraded) return receiptOfParticipant({ db, secrets }, { eventId, participantId })
  return signReceiptNatively(operatorSecret(secrets, accepted.keyId), {
    eventId,
    rules: rulesHash,
    id: accepted.entryId,
    applicationNumber: accepted.applicationNumber,
    salt: Buffer.from(accepted.entrySalt).toString('hex'),
    visited: visited ? 1 : 0,
    n: 0,
    at: participatedAt.toISOString(),
  })
}
