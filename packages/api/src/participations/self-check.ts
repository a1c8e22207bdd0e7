import { timingSafeEqual } from 'node:crypto'
import { findLatestDrawLog } from '@eungmo/db/queries/draw-logs'
import { listSlotHolders } from '@eungmo/db/queries/draw-winners'
import { type EventWithParts, findEvent } from '@eungmo/db/queries/events'
import { type EntryRow, findEntryById, findEntryByNumber } from '@eungmo/db/queries/participants'
import { inclusionProof, isReceiptSignature, type SignedReceipt } from '@eungmo/draw/receipts'
import type { KeyRing } from '../crypto/key-ring.ts'
import { phoneIndex } from '../crypto/phone-index.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { operatorKey, readChain } from '../rules-record/chain.ts'
import { readApplicationNumber } from '../validation/application-number.ts'
import type { SelfCheckView } from './schema.ts'
import { signReceipt } from './sign-receipt.ts'

/** Either number and phone (E.164), or a receipt that somebody kept. */
export type SelfCheckQuestion = { eventId: string } & (
  | { applicationNumber: string; phoneNumber: string }
  | { receipt: SignedReceipt }
)

type CheckServices = Pick<Dependencies, 'db' | 'secrets' | 'lockedTrees'>

/**
 * What became of an entry, for whoever entered it: tickets, outcome, and the proof that it was in the locked list. Throws NOT_FOUND where
 * number and phone do not belong together (and never says which is wrong), VALIDATION_FAILED for a receipt that this event did not sign.
 */
export async function selfCheck(
  dependencies: CheckServices,
  question: SelfCheckQuestion,
): Promise<SelfCheckView> {
  const { db, secrets } = dependencies
  const event = await findEvent(db, { eventId: question.eventId })
  if (!event || event.publishedAt === null) throw new DomainError('NOT_FOUND')
  const entry =
    'receipt' in question
      ? await entryOfReceipt(dependencies, event, question.receipt)
      : await entryOfPerson(dependencies, event, question)
  const drawn = event.status === 'drawn'
  const [receipt, latest, place] = await Promise.all([
    signReceipt(db, secrets, event, entry),
    drawn ? findLatestDrawLog(db, { eventId: event.id }) : undefined,
    drawn ? placeInList(dependencies, event.id, entry.entryId) : undefined,
  ])
  const proof = place?.proof
  const exclusionReason = proof?.reason ?? entry.exclusionReason
  const tickets = entry.exclusionReason > 0 ? 0 : 1 + (entry.visited ? event.visitBonus : 0)
  return {
    eventId: event.id,
    slug: event.slug,
    title: event.title,
    applicationNumber: entry.applicationNumber ?? '',
    participatedAt: entry.participatedAt.toISOString(),
    entryPath: entry.entryPath,
    visited: entry.visited,
    tickets: proof?.tickets ?? tickets,
    excluded: exclusionReason > 0,
    exclusionReason,
    announcementDate: event.announcementDate.toISOString(),
    ...(await outcomeOf(dependencies, event, entry)),
    receipt,
    inclusion: place && proof && latest ? { lock: place.lock, proof, drawLogId: latest.id } : null,
    missing: place !== undefined && proof === undefined,
  }
}

async function entryOfPerson(
  { db, secrets }: CheckServices,
  event: EventWithParts,
  { applicationNumber, phoneNumber }: { applicationNumber: string; phoneNumber: string },
): Promise<EntryRow> {
  const shown = readApplicationNumber(applicationNumber)
  const entry =
    shown === null ? undefined : await findEntryByNumber(db, { eventId: event.id, applicationNumber: shown })
  const index = phoneIndex(secrets.get(event.keyId), event.id, phoneNumber)
  if (!entry?.phoneIndex || !timingSafeEqual(entry.phoneIndex, index)) throw new DomainError('NOT_FOUND')
  return entry
}

async function entryOfReceipt(
  { db, secrets }: CheckServices,
  event: EventWithParts,
  signed: SignedReceipt,
): Promise<EntryRow> {
  const { receipt } = signed
  if (receipt.eventId !== event.id || !isReceiptSignature(keyOf(secrets, event), signed))
    throw new DomainError('VALIDATION_FAILED', { fields: [{ field: 'receipt', code: 'receipt.foreign' }] })
  const entry = await findEntryById(db, { eventId: event.id, entryId: receipt.id })
  if (entry) return { ...entry, applicationNumber: entry.applicationNumber ?? receipt.applicationNumber }
  // We promised this entry and do not have it: say so with all we know rather than with "not found".
  return {
    id: '',
    applicationNumber: receipt.applicationNumber,
    phoneIndex: null,
    entryPath: '',
    participatedAt: new Date(receipt.at),
    visited: receipt.visited === 1,
    visitedAt: null,
    entryId: receipt.id,
    entrySalt: null,
    rulesSeq: 0,
    exclusionReason: 0,
  }
}

const keyOf = (secrets: KeyRing, event: EventWithParts) => operatorKey(secrets, event.keyId)

async function placeInList({ db, lockedTrees }: CheckServices, eventId: string, entryId: string) {
  const [{ records }, tree] = await Promise.all([readChain(db, eventId), lockedTrees.get(eventId)])
  const lock = records.find((record) => record.type === 'lock')
  if (!lock) throw new Error(`event ${eventId} was drawn without a lock`)
  const index = tree.list.indexOf(entryId)
  if (index < 0) return { lock: { ...lock }, proof: undefined }
  const proof = inclusionProof(tree, index)
  const siblings = proof.siblings.map(([sum, hash]): [number, string] => [sum, hash])
  return { lock: { ...lock }, proof: { ...proof, siblings } }
}

async function outcomeOf(
  { db }: CheckServices,
  event: EventWithParts,
  entry: EntryRow,
): Promise<Pick<SelfCheckView, 'outcome' | 'rank' | 'prize'>> {
  const nothing = { rank: null, prize: null }
  if (event.status !== 'drawn' || event.now < event.announcementDate)
    return { outcome: 'waiting', ...nothing }
  const holders = await listSlotHolders(db, { eventId: event.id })
  const held = holders.find(({ entryId }) => entryId === entry.entryId)
  if (!held) return { outcome: 'not-won', ...nothing }
  return {
    outcome: held.standing === 'selected' ? 'won' : 'withdrawn',
    rank: held.slot,
    prize: held.prize,
  }
}
