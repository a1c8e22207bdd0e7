import { alternatesLeft, earliestLocks } from '../records/lock-record.ts'
import type { ChainRecord, LockRecord, RulesRecord } from '../records/record.ts'
import { amendmentError, countError } from '../records/rules-record.ts'
import { CheckError } from './check-error.ts'

/** Amendments change only what they may, the first lock follows the last rules, and later ones its bonus. */
export function checkRules(records: readonly ChainRecord[]): void {
  let rules: RulesRecord | null = null
  let firstLock: LockRecord | null = null
  for (const record of records) {
    if (record.type === 'rules') {
      const error =
        countError(record) ?? (rules === null ? null : amendmentError(rules, record, firstLock !== null))
      if (error !== null) throw new CheckError(`record ${record.seq} (rules): ${error}`)
      rules = record
    } else if (record.type === 'lock' && rules !== null) {
      if (firstLock === null) checkFirstLock(rules, record)
      firstLock ??= record
      checkSameBonus(firstLock, record)
    }
  }
}

function checkFirstLock(rules: RulesRecord, lock: LockRecord): void {
  if (lock.winnerCount !== rules.winnerCount)
    throw new CheckError(`lock 1 has winnerCount ${lock.winnerCount}, but the rules say ${rules.winnerCount}`)
  const alternates = alternatesLeft(rules, lock.eligibleCount)
  if (lock.alternateCount !== alternates) {
    throw new CheckError(
      `lock 1 has alternateCount ${lock.alternateCount}, but rules and entries give ${alternates}`,
    )
  }
  for (const [time, what] of earliestLocks(rules)) {
    if (lock.at < time)
      throw new CheckError(`lock 1 is from ${lock.at}, but the rules say that ${what} ${time}`)
  }
  checkFirstBonus(rules.visitBonus, lock.visitBonus)
}

function checkFirstBonus(promised: RulesRecord['visitBonus'], locked: LockRecord['visitBonus']): void {
  if (promised === null && locked !== 0 && locked !== 1)
    throw new CheckError(`lock 1 has visitBonus ${locked}, but the rules leave only 0 or 1 to it`)
  if (promised !== null && promised !== locked)
    throw new CheckError(`lock 1 has visitBonus ${locked}, but the rules say ${promised}`)
}

function checkSameBonus(first: LockRecord, { attempt, visitBonus }: LockRecord): void {
  if (visitBonus !== first.visitBonus) {
    throw new CheckError(`lock ${attempt} has visitBonus ${visitBonus}, but lock 1 has ${first.visitBonus}`)
  }
}
