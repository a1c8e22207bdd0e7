import { type BeaconChain, roundTime } from '../beacon/beacon-chain.ts'
import { type EntryList, REASONS } from '../list/entry-list.ts'
import type { DrawState } from '../records/draw-state.ts'
import { earliestLocks } from '../records/lock-record.ts'
import type { ChainRecord, RulesRecord } from '../records/record.ts'
import { AMENDABLE_KEYS } from '../records/rules-record.ts'
import type { Opening } from '../records/transcript.ts'
import type { Attempt } from './attempts.ts'
import { pastAndPresentWinners } from './check-openings.ts'
import type { BeaconReport, Warning } from './verification.ts'

/** A witness other than the operator, who saw a lock record at a time. */
export interface LockSeen {
  readonly hash: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly by: string
}

/** What a reader should know of records that are all correct. */
export function recordWarnings(
  records: readonly ChainRecord[],
  attempts: readonly Attempt[],
  state: DrawState,
  openings: readonly Opening[],
): Warning[] {
  return [
    ...amendments(records),
    ...earlyClose(records, attempts),
    ...cancellation(state),
    ...decidedAtLock(state),
    ...attempts.flatMap(({ lock, result, rules }) => attemptWarnings(lock, result === null, rules)),
    ...(attempts.length > 1
      ? [{ code: 'attempts', message: `${attempts.length} attempts were drawn` } as const]
      : []),
    ...missingOpenings(state, openings),
    ...((records[0] as RulesRecord).operatorKey === null
      ? [{ code: 'no-signatures', message: 'these records are not signed' } as const]
      : []),
  ]
}

/** The number of excluded entries, by reason. */
export function exclusionWarning(entries: EntryList): Warning[] {
  const counts = new Array<number>(REASONS.length).fill(0)
  for (const reason of entries.reasons) counts[reason] = (counts[reason] as number) + 1
  const exclusions = counts.flatMap((count, reason) => (reason > 0 && count > 0 ? [{ reason, count }] : []))
  if (exclusions.length === 0) return []
  const named = exclusions.map(({ reason, count }) => `${REASONS[reason]} ${count}`)
  return [
    { code: 'exclusions', message: `entries excluded before the lock: ${named.join(', ')}`, exclusions },
  ]
}

/** What is known of each lock's time relative to its round. */
export function beaconReports(
  attempts: readonly Attempt[],
  hashes: readonly string[],
  chain: BeaconChain,
  seen: LockSeen | undefined,
): BeaconReport[] {
  return attempts.map(({ lock: { attempt, round, seq } }) => {
    if (round === null)
      return { attempt, round, message: 'no beacon: the operator could know the result in advance' }
    const inTime = seen !== undefined && hashes[seq] === seen.hash && seen.at < roundTime(round, chain)
    return {
      attempt,
      round,
      message: inTime ? `lock seen before the round by ${seen.by}` : "lock time is the operator's word",
    }
  })
}

function amendments(records: readonly ChainRecord[]): Warning[] {
  const rules = records.filter((record) => record.type === 'rules')
  return rules.slice(1).map((to, at) => {
    const from = rules[at] as RulesRecord
    const changed = AMENDABLE_KEYS.filter((key) => from[key] !== to[key])
    const changes = changed.map((key) => `${key} from ${from[key]} to ${to[key]}`).join(', ')
    return { code: 'rules-amended', message: `the rules were changed at ${to.at}: ${changes || 'nothing'}` }
  })
}

function earlyClose(records: readonly ChainRecord[], attempts: readonly Attempt[]): Warning[] {
  const at = attempts[0]?.lock.at
  const promised = records.flatMap((record) => (record.type === 'rules' ? earliestLocks(record) : []))
  const latest = promised.sort().at(-1)
  if (at === undefined || latest === undefined || at >= latest[0]) return []
  const [time, what] = latest
  return [
    {
      code: 'early-close',
      message: `the list was locked at ${at}, but the rules had promised that ${what} ${time}`,
    },
  ]
}

function cancellation({ cancelled }: DrawState): Warning[] {
  if (cancelled === null) return []
  return [{ code: 'cancelled', message: `the event was cancelled at ${cancelled.at}, nothing was drawn` }]
}

function decidedAtLock({ firstLock, lockedRules }: DrawState): Warning[] {
  if (firstLock === null || lockedRules === null) return []
  const warnings: Warning[] = []
  const { visitBonus, alternateCount } = firstLock
  if (lockedRules.visitBonus === null) {
    warnings.push({
      code: 'visit-bonus-at-lock',
      message: `the rules left the visit bonus to the draw, which gave ${visitBonus} more tickets for a visit`,
    })
  }
  if (alternateCount < lockedRules.alternateCount) {
    warnings.push({
      code: 'fewer-alternates',
      message: `the rules promised ${lockedRules.alternateCount} alternates, but only ${alternateCount} entries were left`,
    })
  }
  return warnings
}

function attemptWarnings(lock: Attempt['lock'], open: boolean, rules: RulesRecord): Warning[] {
  const warnings: Warning[] = []
  const { attempt } = lock
  if (rules.beacon === 'none') {
    warnings.push({
      code: 'no-beacon',
      message: `attempt ${attempt}: the operator could know the result in advance`,
    })
  }
  if (lock.serverSeed === null) {
    warnings.push({
      code: 'seed-lost',
      message: `attempt ${attempt}: drawn from the beacon alone, the secret is lost`,
    })
  }
  if (open) warnings.push({ code: 'open-attempt', message: `attempt ${attempt} is locked and not drawn yet` })
  return warnings
}

function missingOpenings(state: DrawState, openings: readonly Opening[]): Warning[] {
  const missing = pastAndPresentWinners(state).size - openings.length
  if (missing === 0) return []
  return [
    { code: 'missing-openings', message: `${missing} winners cannot be matched with an application number` },
  ]
}
