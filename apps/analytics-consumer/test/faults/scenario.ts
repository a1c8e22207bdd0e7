import type { Fixture, FixtureOptions } from './fixture.ts'
import type { Random } from './random.ts'
import type { Mode } from './servers.ts'

/** `bounded` runs with every change, `full` before a release. */
export type Scale = 'bounded' | 'full'

export interface Outcome {
  /** What the scenario measured, in words. */
  notes: string
  /** Dead letters that must exist afterwards. Defaults to 0. */
  deadLetters?: number
}

/** What has to exist before the programs start, such as a proxy. */
export interface ScenarioSetup {
  options: FixtureOptions
  tearDown(): Promise<void>
}

export interface Scenario {
  /** As in the report. */
  number: number
  title: string
  modes: readonly Mode[]
  /** Set when it breaks the servers themselves, and with them every scenario that runs at the same time. */
  breaksServers?: true
  setUp?(): Promise<ScenarioSetup>
  /**
   * Injects the faults while customers enter, at instants that follow from `random`. Rejects when recovery
   * takes longer than it may.
   */
  run(fixture: Fixture, scale: Scale, random: Random): Promise<Outcome>
}

export const bothModes: readonly Mode[] = ['outbox', 'kafka']
export const kafkaOnly: readonly Mode[] = ['kafka']

/** The longest of some durations in milliseconds, in words. */
export function formatLongest(durationsMs: readonly number[]): string {
  return `${(Math.max(0, ...durationsMs) / 1000).toFixed(2)} s`
}
