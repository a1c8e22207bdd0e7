import type { Executor } from '@eungmo/db/connection/client'
import { withdrawParticipant } from '@eungmo/db/queries/destroy-participants'
import { type EventWithParts, lockEventRow } from '@eungmo/db/queries/events'
import { findEntry } from '@eungmo/db/queries/participants'
import { listSlotHolders } from '@eungmo/db/queries/slot-holders'
import type { SignedReceipt } from '@eungmo/draw/receipts'
import { foldRecords } from '@eungmo/draw/records'
import type { Dependencies } from '../dependencies.ts'
import { withdrawSlots } from '../draws/withdraw-slots.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import type { Locale } from '../locale.ts'
import { readChain } from '../rules-record/chain.ts'
import { readEntryProof } from './own-entry-proof.ts'
import { requireOwnReceipt } from './prove-entry.ts'
import { requirePublished } from './require-published.ts'

type WithdrawDependencies = Pick<Dependencies, 'db' | 'secrets' | 'notifier' | 'log' | 'destructionJournal'>

export interface WithdrawRequest {
  eventId: string
  /** Of `participations.ownData`. */
  proof: string
  /** Needed in a drawn event: of winners always, and of everybody until the announcement. */
  receipt?: SignedReceipt | undefined
}

export interface Withdrawn {
  /** In the public list. */
  entryId: string
  /** Whether the data was destroyed before this call. */
  alreadyWithdrawn: boolean
  /** Whether the same phone number may enter the event again. */
  mayEnterAgain: boolean
}

const messages = {
  done: {
    ko: '응모를 취소하고 개인정보를 지웠어요',
    en: 'Your entry was withdrawn and your personal data destroyed',
  },
  again: {
    ko: '이미 취소한 응모예요. 개인정보는 남아 있지 않아요',
    en: 'This entry was withdrawn before. No personal data is left',
  },
} as const

/** What the entrant is told. */
export const withdrawnMessage = ({ alreadyWithdrawn }: Withdrawn, locale: Locale): string =>
  messages[alreadyWithdrawn ? 'again' : 'done'][locale]

/**
 * Withdraws an entry and destroys its personal data at once. Before the lock the entry stays in the list without
 * tickets. Between a lock and its result nothing else happens: the transaction that stores the result writes the
 * withdraw record. After the result a won slot passes on by a withdraw record, unless the prize was handed over; where
 * no alternate waits, it stays empty until the owner redraws. A second call does nothing.
 *
 * Throws NOT_FOUND, and VALIDATION_FAILED for an expired proof, and where the receipt is needed and missing, or is
 * that of another entry.
 */
export async function withdrawEntry(
  dependencies: WithdrawDependencies,
  { eventId, proof, receipt }: WithdrawRequest,
): Promise<Withdrawn> {
  const { db, secrets } = dependencies
  const event = await requirePublished(dependencies, eventId)
  const participantId = readEntryProof(secrets, 'own-entry', { eventId: event.id, proof, now: event.now })
  const ids = { eventId: event.id, participantId }
  const entry = await findEntry(db, ids)
  if (!entry) throw new DomainError('NOT_FOUND')
  if (receipt) {
    await requireOwnReceipt(dependencies, event, receipt)
    if (receipt.receipt.id !== entry.entryId) throw invalidField('receipt', 'receipt.other')
  }
  const isDone = entry.applicationNumber === null
  return {
    entryId: entry.entryId,
    alreadyWithdrawn:
      isDone ||
      !(await withdrawParticipation(dependencies, { ...ids, hasSecondProof: receipt !== undefined })),
    mayEnterAgain: event.phase === 'open',
  }
}

interface KnownEntry {
  eventId: string
  participantId: string
  hasSecondProof: boolean
  /** Whether the journal has the withdrawal already: a restored backup lacks it. Defaults to false. */
  isJournaled?: boolean
}

/**
 * What `withdrawEntry` does once the entrant is known; the withdrawal is in the journal's file when it resolves.
 * Returns whether this call destroyed anything. Throws VALIDATION_FAILED where the receipt is needed and missing.
 */
export async function withdrawParticipation(
  dependencies: WithdrawDependencies,
  request: KnownEntry,
): Promise<boolean> {
  const { status, destroyed } = await withdrawParticipant(dependencies.db, request)
  const isDestroyed = status === 'drawn' ? await withdrawDrawn(dependencies, request) : destroyed
  if (isDestroyed && !request.isJournaled) await dependencies.destructionJournal.write()
  return isDestroyed
}

/** For an event with a result. */
function withdrawDrawn(
  dependencies: WithdrawDependencies,
  { hasSecondProof, ...entry }: KnownEntry,
): Promise<boolean> {
  const { eventId, participantId } = entry
  return dependencies.db.transaction(async (tx) => {
    const event = await lockEventRow(tx, { eventId })
    if (!event) throw new DomainError('NOT_FOUND')
    const held = await listSlotHolders(tx, { eventId, participantId })
    // Before the announcement everybody: the question would tell who won.
    const needsReceipt = held.length > 0 || event.now < event.announcementDate
    if (needsReceipt && !hasSecondProof) throw invalidField('receipt', 'receipt.required')
    const { destroyed } = await withdrawParticipant(tx, { ...entry, drawn: true })
    // Who has the prize stays the winner: it cannot be handed over twice.
    const slots = held.flatMap(({ standing, slot, handedOverAt }) =>
      standing === 'selected' && handedOverAt === null ? [slot] : [],
    )
    if (destroyed && slots.length > 0) await passOn(tx, dependencies, event, slots)
    return destroyed
  })
}

async function passOn(
  tx: Executor,
  dependencies: WithdrawDependencies,
  event: EventWithParts,
  slots: readonly number[],
): Promise<void> {
  const { records } = await readChain(tx, event.id)
  // An open attempt takes no record but its result, whose transaction writes this one.
  if (foldRecords(records).openLock) return
  await withdrawSlots(tx, dependencies, event, records, { slots, reason: 'withdrawn', note: null })
}
