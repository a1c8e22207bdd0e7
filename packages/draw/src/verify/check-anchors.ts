import { type Entry, REASONS } from '../list/entry-list.ts'
import {
  isReceiptOpening,
  isReceiptSignature,
  parseSignedReceipt,
  type Receipt,
  type SignedReceipt,
} from '../receipts/receipt.ts'
import { type ChainRecord, type LockRecord, PER_ENTRY, type RulesRecord } from '../records/record.ts'
import type { Attempt } from './attempts.ts'
import { asCheck, CheckError } from './check-error.ts'
import type { AnchorReport, Warning } from './verification.ts'

/** Values that the reader stored before the draw, or knows from outside the transcript. */
export interface Anchors {
  /** The receipt that an entrant stored. */
  readonly receipt?: SignedReceipt
  /** Hash of a rules record, as seen before entering. */
  readonly rulesHash?: string
  /** Hash of a lock record, as seen before its result. */
  readonly lockHash?: string
  /** The operator's public key, as known from outside the transcript. */
  readonly operatorKey?: string
  /** An earlier head of the chain, as stored by a page: the hash of any record. */
  readonly head?: string
}

export interface AnchorContext {
  readonly records: readonly ChainRecord[]
  readonly hashes: readonly string[]
  readonly attempts: readonly Attempt[]
  /** Finds an entry of the locked list; undefined where it is missing, or where no proof shows it. */
  readonly findEntry: (id: string) => Required<Entry> | undefined
}

/**
 * Compares the transcript with the anchors, and adds to the warnings.
 * @throws {CheckError} for the first mismatch.
 */
export function checkAnchors(anchors: Anchors, context: AnchorContext, warnings: Warning[]): AnchorReport[] {
  const reports: AnchorReport[] = []
  if (anchors.receipt !== undefined) reports.push(checkReceipt(anchors.receipt, context, warnings))
  const { rulesHash, lockHash, operatorKey, head } = anchors
  if (rulesHash !== undefined) {
    const seq = seqOf(rulesHash, context, 'rules')
    if (seq === undefined) throw new CheckError('the known rules are not in this chain')
    reports.push({ kind: 'rules-hash', message: `the known rules are record ${seq}` })
  }
  if (lockHash !== undefined) {
    const seq = seqOf(lockHash, context, 'lock')
    if (seq === undefined) throw new CheckError('the known lock is not in this chain')
    reports.push({ kind: 'lock-hash', message: `the known lock is record ${seq}` })
  }
  if (operatorKey !== undefined) {
    if (firstRulesOf(context).operatorKey !== operatorKey) {
      throw new CheckError('the records are signed with a key other than the known one')
    }
    reports.push({ kind: 'operator-key', message: 'every record is signed with the known key' })
  }
  if (head !== undefined) {
    const seq = context.hashes.indexOf(head)
    if (seq < 0) throw new CheckError('the known head is not in this chain')
    reports.push({ kind: 'head', message: `the chain up to record ${seq} is the known one` })
  }
  return reports
}

/** The checked chain begins with rules; its event and key never change. */
const firstRulesOf = ({ records }: AnchorContext) => records[0] as RulesRecord

function seqOf(
  hash: string,
  { records, hashes }: AnchorContext,
  type: ChainRecord['type'],
): number | undefined {
  return records.find((record, seq) => record.type === type && hashes[seq] === hash)?.seq
}

function checkReceipt(value: SignedReceipt, context: AnchorContext, warnings: Warning[]): AnchorReport {
  const signed = asCheck(() => parseSignedReceipt(value))
  const { receipt } = signed
  const { eventId, operatorKey } = firstRulesOf(context)
  if (receipt.eventId !== eventId) throw new CheckError('the receipt belongs to another event')
  if (operatorKey === null) throw new CheckError('the rules name no key, so a receipt cannot be checked')
  if (!isReceiptSignature(operatorKey, signed))
    throw new CheckError("the receipt's signature is not the operator's")
  if (!isReceiptOpening(receipt))
    throw new CheckError("the receipt's application number and person do not lead to its entry")
  const lock = context.attempts[0]?.lock
  const rulesSeq = seqOf(receipt.rules, context, 'rules')
  if (rulesSeq === undefined || (lock !== undefined && rulesSeq > lock.seq)) {
    throw new CheckError('the rules of the receipt are not among those before the lock')
  }
  if (lock === undefined)
    return { kind: 'receipt', message: 'the event of the receipt was cancelled before a lock' }
  const entry = context.findEntry(receipt.id)
  if (entry === undefined) throw new CheckError('the entry of the receipt is not in the locked list')
  if (entry.reason !== 0) {
    warnings.push({
      code: 'excluded-entry',
      message: `the entry of the receipt was excluded before the lock: ${REASONS[entry.reason]}`,
    })
    return { kind: 'receipt', message: 'the entry of the receipt is in the locked list, excluded' }
  }
  checkVisit(receipt, entry.tickets, lock.visitBonus)
  return {
    kind: 'receipt',
    message: `the entry of the receipt is in the locked list with ${entry.tickets} tickets`,
  }
}

function checkVisit(receipt: Receipt, tickets: number, visitBonus: LockRecord['visitBonus']): void {
  if (receipt.visited === 0 || visitBonus === PER_ENTRY || tickets === 1 + visitBonus) return
  throw new CheckError(
    `the receipt shows a visit, which gives ${1 + visitBonus} tickets, but the list has ${tickets}`,
  )
}
