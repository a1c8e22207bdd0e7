import type { SelfCheckView } from '@eungmo/api/participations/schema'
import { isReceiptSignature, parseSignedReceipt, verifyInclusion } from '@eungmo/draw/receipts'
import { type LockRecord, parseRecord, recordHash } from '@eungmo/draw/records'

export interface ProofCheck {
  what: 'receipt' | 'inclusion' | 'lock'
  passed: boolean
}

interface Chain {
  records: unknown[]
}

/**
 * Checks in this browser what the server says about an entry: the receipt's signature, the Merkle path from
 * the entry to the root of the locked list, and that this lock is the one in the public chain. Rejects if the
 * chain cannot be fetched.
 */
export async function checkProof({ eventId, receipt, inclusion }: SelfCheckView): Promise<ProofCheck[]> {
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
