import { type BeaconChain, QUICKNET } from '../beacon/beacon-chain.ts'
import type { Entry } from '../list/entry-list.ts'
import { foldRecords } from '../records/draw-state.ts'
import { recordHash } from '../records/record.ts'
import { parseTranscript } from '../records/transcript.ts'
import { type Attempt, attemptsOf } from './attempts.ts'
import { type Anchors, checkAnchors } from './check-anchors.ts'
import { checkBeaconSignatures, checkRounds } from './check-beacon.ts'
import { checkChain } from './check-chain.ts'
import { asCheck, CheckError } from './check-error.ts'
import { checkOpenings } from './check-openings.ts'
import { checkRules } from './check-rules.ts'
import { checkSeedChain, checkSeeds } from './check-seeds.ts'
import { checkSignatures } from './check-signatures.ts'
import { type Progress, STEPS, type Step, type Verification, type Warning } from './verification.ts'
import { beaconReports, type LockSeen, recordWarnings } from './warnings.ts'

export interface CheckOptions {
  /** Values known from outside the transcript. Without any, a transcript is at most consistent. */
  readonly anchors?: Anchors
  /** A witness of a lock record. It is trusted, so it must not come from the transcript. */
  readonly lockSeen?: LockSeen
  /** Defaults to quicknet. Another chain is for tests only: never take it from a transcript. */
  readonly chain?: BeaconChain
}

/** The checks of list and draws: on the whole list, or on proofs. */
export interface ListChecks<List> {
  /** Whether neither entries nor proofs are there to be checked, as for a cancelled event. */
  isEmpty(): boolean
  /** Checks the list against the locks. */
  list(attempts: readonly Attempt[]): Generator<Progress, List>
  draws(attempts: readonly Attempt[], list: List): void
  findEntry(list: List, id: string): Required<Entry> | undefined
  warnings(list: List): Warning[]
}

/** Runs all checks in their order. Yields at the start of each step, and within a long one. */
export function* runChecks<List>(
  value: unknown,
  checks: ListChecks<List>,
  { anchors = {}, lockSeen, chain = QUICKNET }: CheckOptions,
): Generator<Progress, Verification> {
  let at = 0
  const start = (step: Step): Progress => {
    at = STEPS.indexOf(step)
    return { step, done: 0, total: 1 }
  }
  try {
    yield start('shapes')
    const transcript = asCheck(() => parseTranscript(value))
    const { records, openings } = transcript
    yield start('chain')
    const hashes = records.map(recordHash)
    checkChain(records, hashes)
    const attempts = attemptsOf(records)
    yield start('rules')
    checkRules(records)
    yield start('seed-chain')
    checkSeedChain(attempts)
    yield start('list')
    const list = attempts.length === 0 ? checkNoList(checks) : yield* checks.list(attempts)
    yield start('round')
    checkRounds(attempts, chain)
    yield start('signature')
    checkBeaconSignatures(attempts, chain)
    yield start('seed')
    checkSeeds(attempts, chain)
    yield start('draws')
    if (list !== null) checks.draws(attempts, list)
    yield start('vacancies')
    const state = asCheck(() => foldRecords(records))
    yield start('openings')
    checkOpenings(openings, state, records[0]?.eventId ?? '')
    yield start('head-and-signatures')
    checkSignatures(transcript, hashes)
    yield start('anchors')
    const warnings = recordWarnings(records, attempts, state, openings)
    if (list !== null) warnings.push(...checks.warnings(list))
    const findEntry = (id: string) => (list === null ? undefined : checks.findEntry(list, id))
    const reports = checkAnchors(anchors, { records, hashes, attempts, findEntry }, warnings)
    return {
      ok: true,
      steps: STEPS,
      level: reports.length > 0 ? 'anchored' : 'consistent',
      anchors: reports,
      beacons: beaconReports(attempts, hashes, chain, lockSeen),
      warnings,
      state,
    }
  } catch (error) {
    if (!(error instanceof CheckError)) throw error
    return { ok: false, steps: STEPS.slice(0, at), step: STEPS[at] as Step, error: error.message }
  }
}

/** A cancelled event locked no list, so none can be checked. */
function checkNoList({ isEmpty }: { isEmpty(): boolean }): null {
  if (!isEmpty()) throw new CheckError('the event was cancelled before a lock: it has no list')
  return null
}

/** Runs a verification to its end. */
export function runToEnd(steps: Generator<Progress, Verification>): Verification {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
