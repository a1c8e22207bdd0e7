import { type ChainRecord, NO_PREVIOUS } from '../records/record.ts'
import { CheckError } from './check-error.ts'

/** Each record is in its place: one event, seq, prev, times, and the order of types. */
export function checkChain(records: readonly ChainRecord[], hashes: readonly string[]): void {
  let before: ChainRecord | null = null
  let attempts = 0
  let results = 0
  records.forEach((record, seq) => {
    const where = `record ${seq} (${record.type})`
    if (record.eventId !== records[0]?.eventId) throw new CheckError(`${where} belongs to another event`)
    if (record.seq !== seq) throw new CheckError(`${where} has seq ${record.seq}`)
    if (record.prev !== (hashes[seq - 1] ?? NO_PREVIOUS)) {
      throw new CheckError(`${where} does not name the hash of the record before it`)
    }
    if (before !== null && record.at < before.at)
      throw new CheckError(`${where} is older than the record before it`)
    if (before === null && record.type !== 'rules') throw new CheckError('the first record must be rules')
    if (before?.type === 'cancel')
      throw new CheckError(`${where} follows the cancellation, which ends the chain`)
    if (record.type === 'cancel' && attempts > 0)
      throw new CheckError(`${where} comes after a lock: a locked event cannot be cancelled`)
    if (before?.type === 'lock' && record.type !== 'result') {
      throw new CheckError(`${where} follows a lock: one attempt at a time, and its result comes first`)
    }
    if (record.type === 'lock') attempts++
    if (record.type === 'result') {
      if (before?.type !== 'lock') throw new CheckError(`${where} does not follow a lock`)
      results++
    }
    if ((record.type === 'lock' || record.type === 'result') && record.attempt !== attempts) {
      throw new CheckError(`${where} names attempt ${record.attempt}, expected ${attempts}`)
    }
    if (record.type === 'withdraw' && results === 0) throw new CheckError(`${where} comes before any result`)
    before = record
  })
  if (results === 0 && records.at(-1)?.type !== 'cancel') throw new CheckError('nothing was drawn yet')
}
