import type { DrawState } from '../records/draw-state.ts'

/** The checks in their order (SPEC.md section 10); a failed verification names the first that fails. */
export const STEPS = [
  'shapes',
  'chain',
  'rules',
  'seed-chain',
  'list',
  'round',
  'signature',
  'seed',
  'draws',
  'vacancies',
  'openings',
  'head-and-signatures',
  'anchors',
] as const
export type Step = (typeof STEPS)[number]

/**
 * The progress of a verification: `done` of `total` entries within the step 'list', 0 of 1 at the start of
 * any other.
 */
export interface Progress {
  readonly step: Step
  readonly done: number
  readonly total: number
}

/** An anchor that the transcript agrees with. */
export interface AnchorReport {
  readonly kind: 'receipt' | 'rules-hash' | 'lock-hash' | 'operator-key' | 'head'
  readonly message: string
}

export type WarningCode =
  | 'rules-amended'
  | 'early-close'
  | 'cancelled'
  | 'visit-bonus-at-lock'
  | 'fewer-alternates'
  | 'exclusions'
  | 'attempts'
  | 'missing-openings'
  | 'no-beacon'
  | 'seed-lost'
  | 'open-attempt'
  | 'no-signatures'
  | 'excluded-entry'
  | 'list-not-checked'

/** Something that is allowed in a transcript, and that a reader should know. */
export interface Warning {
  readonly code: WarningCode
  readonly message: string
  /** Of `exclusions`: how many entries were excluded for which reason, by reason code. */
  readonly exclusions?: readonly { readonly reason: number; readonly count: number }[]
}

/** What is known of the time of an attempt's lock. */
export interface BeaconReport {
  readonly attempt: number
  /** null: this attempt had no beacon. */
  readonly round: number | null
  readonly message: string
}

export interface Verified {
  readonly ok: true
  readonly steps: readonly Step[]
  /** A transcript alone is at most 'consistent': its operator could have rewritten all of it. */
  readonly level: 'consistent' | 'anchored'
  readonly anchors: readonly AnchorReport[]
  readonly beacons: readonly BeaconReport[]
  readonly warnings: readonly Warning[]
  /** Which entries hold the slots, wait, and were withdrawn. */
  readonly state: DrawState
}

export interface Refuted {
  readonly ok: false
  /** The steps that passed before. */
  readonly steps: readonly Step[]
  /** The first step that failed. */
  readonly step: Step
  /** The reason, as a sentence. */
  readonly error: string
}

export type Verification = Verified | Refuted
