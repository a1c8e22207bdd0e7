/** What a check or a whole run came to. */
export type Outcome = {
  passed: number
  /** Names of tests. */
  failed: string[]
  /** Names of tests, each with the reason that its suite gives. */
  skipped: string[]
  /** Names of tests that failed and passed on a retry. They count as passed, and a run lists them. */
  unstable: string[]
}

export const NOTHING: Outcome = { passed: 0, failed: [], skipped: [], unstable: [] }

export function sum(outcomes: Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((total, { passed }) => total + passed, 0),
    failed: outcomes.flatMap(({ failed }) => failed),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
    unstable: outcomes.flatMap(({ unstable }) => unstable),
  }
}

/** The last line of a run. */
export function summaryLine({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`
}
