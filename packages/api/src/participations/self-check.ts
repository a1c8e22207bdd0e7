import { timingSafeEqual } from 'node:crypto'
import { findLatestDrawLog } from '@eungmo/db/queries/draw-logs'
import { listSlotHolders } from '@eungmo/db/queries/draw-winners'
import { type EventWithParts, findEvent } from '@eungmo/db/queries/events'
import { type EntryRow, findEntryById, findEntryByNumber } from '@eungmo/db/queries/participants'
import { isReservedReason, REASONS } from '@eungmo/draw/list'
import { inclusionProof, isReceiptSignature, type SignedReceipt } from '@eungmo/draw/receipts'
import type { KeyRing } from '../crypto/key-ring.ts'
import { phoneIndex } from '../crypto/phone-index.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { operatorKey, readChain } from '../rules-record/chain.ts'
import { parseApplicationNumber } from '../validation/application-number.ts'
import type { SelfCheckInput, SelfCheckView } from './schema.ts'
import { signNewestReceipt } from './sign-newest-receipt.ts'

const INELIGIBLE = REASONS.indexOf('ineligible')

type SelfCheckDependencies = Pick<Dependencies, 'db' | 'secrets' | 'lockedTrees'>

/**
 * What became of an entry, for the entrant: tickets, outcome, and the proof that it was in the locked list.
 * Throws NOT_FOUND where application number and phone number do not belong together (and never says which is
 * wrong), VALIDATION_FAILED for a receipt that this event did not sign.
 */
export async function selfCheck(
  dependencies: SelfCheckDependencies,
  input: SelfCheckInput,
): Promise<SelfCheckView> {
  const { db, secrets } = dependencies
  const event = await findEvent(db, { eventId: input.eventId })
  if (!event || event.publishedAt === null) throw new DomainError('NOT_FOUND')
  const entry =
    'receipt' in input
      ? await entryOfReceipt(dependencies, event, input.receipt)
      : await entryOfPerson(dependencies, event, input)
  const drawn = event.status === 'drawn'
  const [receipt, latest, place] = await Promise.all([
    signNewestReceipt(db, secrets, event, entry),
    drawn ? findLatestDrawLog(db, { eventId: event.id }) : undefined,
    drawn ? placeInList(dependencies, event.id, entry.entryId) : undefined,
  ])
  const proof = place?.proof
  const exclusionReason = proof?.reason ?? publicReason(entry.exclusionReason)
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
  { db, secrets }: SelfCheckDependencies,
  event: EventWithParts,
  { applicationNumber, phoneNumber }: { applicationNumber: string; phoneNumber: string },
): Promise<EntryRow> {
  const number = parseApplicationNumber(applicationNumber)
  const entry =
    number === null
      ? undefined
      : await findEntryByNumber(db, { eventId: event.id, applicationNumber: number })
  const index = phoneIndex(secrets.get(event.keyId), event.id, phoneNumber)
  if (!entry?.phoneIndex || !timingSafeEqual(entry.phoneIndex, index)) throw new DomainError('NOT_FOUND')
  return entry
}

async function entryOfReceipt(
  { db, secrets }: SelfCheckDependencies,
  event: EventWithParts,
  signed: SignedReceipt,
): Promise<EntryRow> {
  const { receipt } = signed
  if (receipt.eventId !== event.id || !isReceiptSignature(keyOf(secrets, event), signed))
    throw invalidField('receipt', 'receipt.foreign')
  const entry = await findEntryById(db, { eventId: event.id, entryId: receipt.id })
  if (entry) return { ...entry, applicationNumber: entry.applicationNumber ?? receipt.applicationNumber }
  // The signature is ours, yet the entry is missing: the response says so, with all that the receipt holds,
  // instead of NOT_FOUND.
  return {
    id: '',
    applicationNumber: receipt.applicationNumber,
    phoneNumber: null,
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

/** As the locked list will show it: the reserved reasons (fraud, other) are private. */
const publicReason = (reason: number) => (isReservedReason(reason) ? INELIGIBLE : reason)

const keyOf = (secrets: KeyRing, event: EventWithParts) => operatorKey(secrets, event.keyId)

async function placeInList({ db, lockedTrees }: SelfCheckDependencies, eventId: string, entryId: string) {
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
  { db }: SelfCheckDependencies,
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
