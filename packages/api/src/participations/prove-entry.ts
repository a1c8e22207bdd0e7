import { timingSafeEqual } from 'node:crypto'
import { findDrawRecords } from '@eungmo/db/queries/draw-records'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { type EntryRow, findEntryById, findEntryByNumber } from '@eungmo/db/queries/participants'
import { isReceiptSignature, type SignedReceipt } from '@eungmo/draw/receipts'
import { type AttemptPurpose, takeAttempt } from '../attempts/attempt-budget.ts'
import { phoneIndex } from '../crypto/keyed-hashes.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { publishedOperatorKey, recordOf } from '../rules-record/chain.ts'
import { applicationNumberCharacters, parseApplicationNumber } from '../validation/application-number.ts'

/** What somebody shows to be the entrant; phone numbers are E.164. */
export type EntryProof =
  | { applicationNumber: string; phoneNumber: string }
  | { receipt: SignedReceipt; phoneNumber?: string | undefined }

/** The entry, once proved, or what a receipt alone gives access to. */
export type ProvedEntry =
  | { by: 'phone'; entry: EntryRow }
  /** The entry is undefined where the database no longer has it, although its receipt is genuine. */
  | { by: 'receipt'; entry: EntryRow | undefined; receipt: SignedReceipt }

type ProofDependencies = Pick<Dependencies, 'db' | 'secrets' | 'observe'>

/**
 * The one way to somebody's entry, for everything that shows or changes it. Wrong, unknown and too often get
 * the same NOT_FOUND after the same statements and the same computations. Throws VALIDATION_FAILED for a
 * receipt that this event did not sign, which anybody can check without us.
 *
 * A genuine receipt alone costs no attempt, since a signature cannot be guessed: so nobody can lock its
 * holder out.
 */
export async function proveEntry(
  dependencies: ProofDependencies,
  { event, purpose, proof }: { event: EventWithParts; purpose: AttemptPurpose; proof: EntryProof },
): Promise<ProvedEntry> {
  if (!('receipt' in proof)) {
    const { phoneNumber } = proof
    const number = parseApplicationNumber(proof.applicationNumber)
    const subject = number ?? applicationNumberCharacters(proof.applicationNumber)
    const find = () =>
      findEntryByNumber(dependencies.db, { eventId: event.id, applicationNumber: number ?? '' })
    return proveByPhone(dependencies, event, { purpose, kind: 'phone', subject, phoneNumber, find })
  }
  const { receipt, phoneNumber } = proof
  await requireOwnReceipt(dependencies, event, receipt)
  const { id } = receipt.receipt
  const find = () => findEntryById(dependencies.db, { eventId: event.id, entryId: id })
  if (phoneNumber === undefined) return { by: 'receipt', entry: await find(), receipt }
  return proveByPhone(dependencies, event, {
    purpose,
    kind: 'receipt-and-phone',
    subject: id,
    phoneNumber,
    find,
  })
}

interface PhoneProof {
  purpose: AttemptPurpose
  kind: 'phone' | 'receipt-and-phone'
  subject: string
  phoneNumber: string
  find: () => Promise<EntryRow | undefined>
}

async function proveByPhone(
  dependencies: ProofDependencies,
  event: EventWithParts,
  { purpose, kind, subject, phoneNumber, find }: PhoneProof,
): Promise<ProvedEntry> {
  const attempt = await takeAttempt(dependencies, {
    purpose,
    proof: kind,
    subjects: [`${event.id}\0${subject}`, `${event.id}\0${phoneNumber}`],
  })
  const entry = await find()
  const index = phoneIndex(dependencies.secrets.indexKey(event.keyId), event.id, phoneNumber)
  const same = timingSafeEqual(entry?.phoneIndex ?? new Uint8Array(index.length), index)
  const proved = attempt.allowed && same
  await attempt.settle(proved)
  if (!proved || !entry) throw new DomainError('NOT_FOUND', { reason: 'entry' })
  return { by: 'phone', entry }
}

/**
 * Throws VALIDATION_FAILED for a receipt that this event did not sign. Verifies with the key that the event
 * published, so that a receipt outlives its key in SECRET_KEYS.
 */
export async function requireOwnReceipt(
  { db }: Pick<Dependencies, 'db'>,
  event: EventWithParts,
  signed: SignedReceipt,
): Promise<void> {
  const first = await findDrawRecords(db, { eventId: event.id, seqs: [0] })
  const key = publishedOperatorKey(first.map(recordOf))
  const own = signed.receipt.eventId === event.id
  if (!own || key === null || !isReceiptSignature(key, signed))
    throw invalidField('receipt', 'receipt.foreign')
}
