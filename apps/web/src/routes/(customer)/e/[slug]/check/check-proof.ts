import type { SelfCheckView } from '@eungmo/api/participations/schema'
import { toE164 } from '@eungmo/api/validation/phone'
import { parseHex } from '@eungmo/draw/encoding'
import {
  isReceiptOf,
  isReceiptSignature,
  parseSignedReceipt,
  type SignedReceipt,
  verifyInclusion,
} from '@eungmo/draw/receipts'
import { type LockRecord, parseRecord, recordHash } from '@eungmo/draw/records'

export interface ProofCheck {
  what: 'receipt' | 'person' | 'inclusion' | 'lock'
  passed: boolean
}

interface Chain {
  records: unknown[]
}

/** What this browser knows of the entrant. */
export interface Entrant {
  /** As typed; empty where the page was loaded with its result. */
  phone: string
  /** The receipt that this browser stored for the event, or null. */
  storedReceipt: string | null
}

/**
 * Checks in this browser what the server says about an entry: the receipt's signature, that it belongs to the
 * entrant's phone number, the Merkle path from the entry to the root of the locked list, and that this lock is
 * the one in the public chain. Rejects if the chain cannot be fetched.
 */
export async function checkProof(result: SelfCheckView, entrant: Entrant): Promise<ProofCheck[]> {
  const { eventId, receipt, inclusion } = result
  const response = await fetch(`/api/v1/events/${eventId}/chain`)
  if (!response.ok) throw new Error(`The request for the chain failed with status ${response.status}.`)
  const { records }: Chain = await response.json()
  const chain = records.map((record) => parseRecord(record))
  const checks: ProofCheck[] = []
  if (receipt) {
    const rules = chain.find((record) => record.type === 'rules')
    const key = rules?.type === 'rules' ? rules.operatorKey : null
    const promised = chain.some((record) => recordHash(record) === receipt.receipt.rules)
    const signed = key !== null && isReceiptSignature(key, parseSignedReceipt(receipt))
    checks.push({ what: 'receipt', passed: promised && signed })
    const phone = toE164(entrant.phone)
    if (result.shows === 'entry' && result.salt !== null && phone !== null) {
      const own = isReceiptOf(parseSignedReceipt(receipt).receipt, parseHex(result.salt, 16, 'salt'), phone)
      checks.push({ what: 'person', passed: own && !isContradicted(receipt, entrant.storedReceipt) })
    }
  }
  if (inclusion) {
    const lock = parseRecord(inclusion.lock)
    const own = receipt === null || receipt.receipt.id === inclusion.proof.id
    checks.push({
      what: 'inclusion',
      passed: isLock(lock) && own && verifyInclusion(inclusion.proof, lock).ok,
    })
    const hash = recordHash(lock)
    checks.push({ what: 'lock', passed: chain.some((record) => recordHash(record) === hash) })
  }
  return checks
}

/** Whether this browser stored another receipt under the same application number. */
function isContradicted({ receipt }: SignedReceipt, storedReceipt: string | null): boolean {
  if (storedReceipt === null) return false
  const stored = parseSignedReceipt(JSON.parse(storedReceipt)).receipt
  return stored.applicationNumber === receipt.applicationNumber && stored.id !== receipt.id
}

function isLock(record: { type: string }): record is LockRecord {
  return record.type === 'lock'
}
