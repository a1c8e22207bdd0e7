import type { SelfCheckView } from '@eungmo/api/participations/schema'
import { isReceiptSignature, parseSignedReceipt, verifyInclusion } from '@eungmo/draw/receipts'
import { type LockRecord, parseRecord, recordHash } from '@eungmo/draw/records'
import { type Entrant, isOwnReceipt } from './own-receipt.ts'

export interface ProofCheck {
  what: 'receipt' | 'person' | 'inclusion' | 'lock'
  passed: boolean
}

interface Chain {
  records: unknown[]
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
    if (result.shows === 'entry' && result.salt !== null) {
      const own = isOwnReceipt(parseSignedReceipt(receipt), result.salt, entrant)
      if (own !== null) checks.push({ what: 'person', passed: own })
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

function isLock(record: { type: string }): record is LockRecord {
  return record.type === 'lock'
}
