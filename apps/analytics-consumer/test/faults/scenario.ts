import type { Stage, StageOptions } from './fixture.ts'
import type { Mode } from './servers.ts'

/** Bounded is for every change, full for a release. */
export type Scale = 'bounded' | 'full'

export interface Outcome {
  /** What was measured, in words. */
  notes: string
  /** Letters that must be there afterwards; 0 unless told. */
  deadLetters?: number
}

/** What has to stand before the programs start, such as a proxy. */
export interface Scenery {
  stage: StageOptions
  stop(): Promise<void>
}

export interface Scenario {
  /** As in reference and report. */
  number: number
  title: string
  modes: readonly Mode[]
  stage?: StageOptions
  prepare?(): Promise<Scenery>
  /** Runs while customers enter. @throws when something takes longer than it may */
  play(stage: Stage, scale: Scale): Promise<Outcome>
}

export const bothModes: readonly Mode[] = ['outbox', 'kafka']
export const kafkaOnly: readonly Mode[] = ['kafka']

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The largest of some milliseconds, in words. */
export function slowest(times: readonly number[]): string {
  return `${(Math.max(0, ...times) / 1000).toFixed(2)} s`
}
