import type { ChainRecord, LockRecord, ResultRecord, RulesRecord } from '../records/record.ts'

/** A lock with its result and the rules in force; `result` is null while the attempt is open. */
export interface Attempt {
  readonly lock: LockRecord
  readonly result: ResultRecord | null
  readonly rules: RulesRecord
}

/** The attempts of a chain whose order has been checked. */
export function attemptsOf(records: readonly ChainRecord[]): Attempt[] {
  const attempts: Attempt[] = []
  let rules: RulesRecord | null = null
  records.forEach((record, at) => {
    if (record.type === 'rules') rules = record
    if (record.type !== 'lock' || rules === null) return
    const next = records[at + 1]
    attempts.push({ lock: record, result: next?.type === 'result' ? next : null, rules })
  })
  return attempts
}
