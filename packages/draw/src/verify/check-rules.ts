import type { ChainRecord, LockRecord, RulesRecord } from '../records/record.ts'
import { amendmentError } from '../records/rules-record.ts'
import { CheckError } from './check-error.ts'

/** Amendments change only what they may, and the first lock follows the last rules. */
export function checkRules(records: readonly ChainRecord[]): void {
  let rules: RulesRecord | null = null
  let locked = false
  for (const record of records) {
    if (record.type === 'rules') {
      const error = rules === null ? null : amendmentError(rules, record, locked)
      if (error !== null) throw new CheckError(`record ${record.seq} (rules): ${error}`)
      rules = record
    } else if (record.type === 'lock' && !locked && rules !== null) {
      locked = true
      checkFirstLock(rules, record)
    }
  }
}

function checkFirstLock(rules: RulesRecord, lock: LockRecord): void {
  for (const key of ['winnerCount', 'alternateCount'] as const) {
    if (lock[key] !== rules[key])
      throw new CheckError(`lock 1 has ${key} ${lock[key]}, but the rules say ${rules[key]}`)
  }
  if (rules.endsAt !== null && lock.at < rules.endsAt) {
    throw new CheckError(`lock 1 is from ${lock.at}, before the end in the rules, ${rules.endsAt}`)
  }
}
