import { findLatestDrawLog } from '@eungmo/db/queries/draw-logs'
import { listDrawRecords } from '@eungmo/db/queries/draw-records'
import type { EventWithParts } from '@eungmo/db/queries/events'
import type { EntryRow } from '@eungmo/db/queries/participants'
import { toHex } from '@eungmo/draw/encoding'
import { REASONS } from '@eungmo/draw/list'
import { inclusionProof, type SignedReceipt } from '@eungmo/draw/receipts'
import type { Dependencies } from '../dependencies.ts'
import { saltOf } from '../personal-data/derive.ts'
import { recordOf } from '../rules-record/chain.ts'
import { createEntryProof } from './own-entry-proof.ts'
import { ownOutcome, publicReason } from './own-outcome.ts'
import { type ProvedEntry, proveEntry } from './prove-entry.ts'
import { requirePublished } from './require-published.ts'
import type { ListStatusView, OwnEntryView, ReceiptInput, SelfCheckInput, SelfCheckView } from './schema.ts'
import { signNewestReceipt } from './sign-newest-receipt.ts'

const WITHDRAWN = REASONS.indexOf('withdrawn by the entrant')

type SelfCheckDependencies = Pick<Dependencies, 'db' | 'secrets' | 'lockedTrees' | 'observe'>

/**
 * What became of an entry, for the entrant: tickets, outcome, and the proof that it was in the locked list. A
 * receipt without the phone number shows only whether the entry is in the list; the entry's salt is returned
 * for application number and phone number only. Throws NOT_FOUND where the
 * phone number does not belong to the entry (and never says what is wrong), or was tried too often, and
 * VALIDATION_FAILED for a receipt that this event did not sign.
 */
export async function selfCheck(
  dependencies: SelfCheckDependencies,
  { eventId, ...proof }: SelfCheckInput,
): Promise<SelfCheckView> {
  const event = await requirePublished(dependencies, eventId)
  const proved = await proveEntry(dependencies, { event, purpose: 'self-check', proof })
  if (proved.by === 'receipt')
    return { shows: 'list-status', ...(await listStatus(dependencies, event, proved)) }
  const salt = 'receipt' in proof ? null : ownSalt(dependencies, event, proved.entry)
  const ids = { eventId: event.id, participantId: proved.entry.id }
  const ownProof = createEntryProof(dependencies.secrets, 'own-entry', { ...ids, now: event.now })
  const whole = await wholeEntry(dependencies, event, proved.entry)
  const isShown = 'receipt' in proof || !isSecondProof(whole)
  const receipt = isShown ? await newestReceipt(dependencies, event, proved.entry) : null
  return { shows: 'entry', ...whole, receipt, salt, proof: ownProof }
}

/**
 * Whether the receipt is what a winner withdraws with: from the announcement on, when everybody who knows the phone
 * number can read the application number. It is then returned only to who has it already.
 */
const isSecondProof = ({ outcome }: Pick<OwnEntryView, 'outcome'>): boolean =>
  outcome === 'won' || outcome === 'withdrawn'

const newestReceipt = (
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  event: EventWithParts,
  entry: EntryRow,
): Promise<SignedReceipt | null> => signNewestReceipt(db, secrets, event, entry)

/**
 * The newest signed receipt of an entry; null once personal data was destroyed, and of a winner from the announcement
 * on. Throws NOT_FOUND.
 */
export async function readReceipt(
  dependencies: SelfCheckDependencies,
  { eventId, ...proof }: ReceiptInput,
): Promise<SignedReceipt | null> {
  const event = await requirePublished(dependencies, eventId)
  const { entry } = await proveEntry(dependencies, { event, purpose: 'receipt', proof })
  if (!entry || isSecondProof(await ownOutcome(dependencies, event, entry.id))) return null
  return newestReceipt(dependencies, event, entry)
}

/** What the public list says about an entry, and what its receipt says itself; nothing else. */
async function listStatus(
  dependencies: SelfCheckDependencies,
  event: EventWithParts,
  { receipt: signed, entry }: Pick<Extract<ProvedEntry, { by: 'receipt' }>, 'receipt' | 'entry'>,
): Promise<ListStatusView> {
  const { id, applicationNumber } = signed.receipt
  const place = await listPlace(dependencies, event, id)
  return {
    ...eventOf(event),
    applicationNumber,
    tickets: place?.proof?.tickets ?? null,
    // A withdrawal before the lock is what the list will say.
    exclusionReason: place?.proof?.reason ?? (entry?.withdrawnAt ? WITHDRAWN : null),
    receipt: signed,
    inclusion: place?.inclusion ?? null,
    missing: place !== null && place.proof === undefined,
  }
}

async function wholeEntry(dependencies: SelfCheckDependencies, event: EventWithParts, entry: EntryRow) {
  const [place, outcome] = await Promise.all([
    listPlace(dependencies, event, entry.entryId),
    ownOutcome(dependencies, event, entry.id),
  ])
  const tickets = entry.exclusionReason > 0 ? 0 : 1 + (entry.visited ? (event.visitBonus ?? 0) : 0)
  return {
    ...eventOf(event),
    applicationNumber: entry.applicationNumber ?? '',
    participatedAt: entry.participatedAt.toISOString(),
    entryPath: entry.entryPath,
    visited: entry.visited,
    tickets: place?.proof?.tickets ?? tickets,
    exclusionReason: place?.proof?.reason ?? publicReason(entry.exclusionReason),
    ...outcome,
    inclusion: place?.inclusion ?? null,
    missing: place !== null && place.proof === undefined,
  }
}

function ownSalt({ secrets }: SelfCheckDependencies, event: EventWithParts, entry: EntryRow): string | null {
  const subject = { eventId: event.id, participantId: entry.id }
  return entry.phoneNumber && toHex(saltOf(secrets, subject, entry.phoneNumber))
}

const eventOf = (event: EventWithParts) => ({
  eventId: event.id,
  slug: event.slug,
  title: event.title,
  announcementDate: event.announcementDate.toISOString(),
})

/** Where an entry stands in the locked list; null before the draw. */
async function listPlace(dependencies: SelfCheckDependencies, event: EventWithParts, entryId: string) {
  if (event.status !== 'drawn') return null
  const [latest, { lock, proof }] = await Promise.all([
    findLatestDrawLog(dependencies.db, { eventId: event.id }),
    placeInList(dependencies, event.id, entryId),
  ])
  return { proof, inclusion: proof && latest ? { lock, proof, drawLogId: latest.id } : null }
}

async function placeInList({ db, lockedTrees }: SelfCheckDependencies, eventId: string, entryId: string) {
  const [locks, tree] = await Promise.all([
    listDrawRecords(db, { eventId, type: 'lock' }),
    lockedTrees.get(eventId),
  ])
  const lock = locks[0] && recordOf(locks[0])
  if (lock?.type !== 'lock') throw new Error(`event ${eventId} was drawn without a lock`)
  const index = tree.list.indexOf(entryId)
  if (index < 0) return { lock: { ...lock }, proof: undefined }
  const proof = inclusionProof(tree, index)
  const siblings = proof.siblings.map(([sum, hash]): [number, string] => [sum, hash])
  return { lock: { ...lock }, proof: { ...proof, siblings } }
}
