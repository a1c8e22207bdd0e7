import type { Executor } from '@eungmo/db/connection/client'
import { findDrawRecords, listDrawRecords } from '@eungmo/db/queries/draw-records'
import { findEventKeyId } from '@eungmo/db/queries/events'
import { type EntryRow, findEntry } from '@eungmo/db/queries/participants'
import { confirmVisit } from '@eungmo/db/queries/visits'
import { toHex } from '@eungmo/draw/encoding'
import { type SignedReceipt, signReceipt } from '@eungmo/draw/receipts'
import type { KeyRing } from '../crypto/key-ring.ts'
import { nativePrimitives } from '../crypto/native-primitives.ts'
import type { Dependencies } from '../dependencies.ts'
import { personOf } from '../personal-data/derive.ts'
import { operatorSecret, recordOf } from '../rules-record/chain.ts'

/**
 * The newest receipt of an entry, a function of stored data: number 0 as of the registration, or 1 as of a
 * later visit, which is final from then on. Null once personal data was destroyed, or the event's key was retired.
 */
export async function signNewestReceipt(
  executor: Executor,
  secrets: KeyRing,
  event: { id: string; keyId: string },
  entry: EntryRow,
): Promise<SignedReceipt | null> {
  const { applicationNumber, phoneNumber, participatedAt } = entry
  if (applicationNumber === null || phoneNumber === null) return null
  if (!secrets.find(event.keyId)) return null
  if (isMarkedLater(entry) && !(await isFinal(executor, event.id, entry))) {
    // Taken back after the entry was read.
    const current = await findEntry(executor, { eventId: event.id, participantId: entry.id })
    return current ? signNewestReceipt(executor, secrets, event, current) : null
  }
  const person = personOf(secrets, { eventId: event.id, participantId: entry.id }, phoneNumber)
  const upgraded = isMarkedLater(entry)
  const at = (upgraded ? entry.visitedAt : participatedAt).toISOString()
  const fields = {
    eventId: event.id,
    rules: upgraded
      ? await rulesAt(executor, event.id, at)
      : await rulesOfSeq(executor, event.id, entry.rulesSeq),
    id: entry.entryId,
    applicationNumber,
    person: toHex(person),
    visited: entry.visited ? 1 : 0,
    n: upgraded ? 1 : 0,
    at,
  } as const
  return signReceipt(operatorSecret(secrets, event.keyId), fields, nativePrimitives)
}

/** Whether staff marked the visit after the entry: a receipt of its own says so. */
const isMarkedLater = (entry: EntryRow): entry is EntryRow & { visitedAt: Date } =>
  entry.visited && entry.visitedAt !== null && entry.visitedAt > entry.participatedAt

/** Whether the visit can no longer be taken back, as of now. */
const isFinal = (executor: Executor, eventId: string, entry: EntryRow & { visitedAt: Date }) =>
  entry.visitSigned ||
  confirmVisit(executor, { eventId, participantId: entry.id, visitedAt: entry.visitedAt })

async function rulesOfSeq(executor: Executor, eventId: string, seq: number): Promise<string> {
  const [row] = await findDrawRecords(executor, { eventId, seqs: [seq] })
  if (!row) throw new Error(`event ${eventId} has no record ${seq}`)
  return toHex(row.hash)
}

/**
 * The hash of the rules in force at a time: entries, visit marks and amendments of an event are serialised by
 * its row lock.
 */
async function rulesAt(executor: Executor, eventId: string, at: string): Promise<string> {
  const rows = await listDrawRecords(executor, { eventId, type: 'rules' })
  const row = rows.findLast((candidate) => recordOf(candidate).at <= at) ?? rows[0]
  if (!row) throw new Error(`event ${eventId} has no rules`)
  return toHex(row.hash)
}

/** The receipt of a new entry, for the response to its registration. */
export async function signReceiptOfParticipant(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  { eventId, participantId }: { eventId: string; participantId: string },
): Promise<SignedReceipt | null> {
  const [keyId, entry] = await Promise.all([
    findEventKeyId(db, { eventId }),
    findEntry(db, { eventId, participantId }),
  ])
  return keyId !== undefined && entry
    ? signNewestReceipt(db, secrets, { id: eventId.toLowerCase(), keyId }, entry)
    : null
}
