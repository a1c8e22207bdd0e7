/** A test that did not run, and its name as the reports give it: suites put the reason into it. */
export type Outcome = {
  passed: number
  failed: string[]
  skipped: string[]
}

export const NOTHING: Outcome = { passed: 0, failed: [], skipped: [] }

export function sum(outcomes: Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((total, { passed }) => total + passed, 0),
    failed: outcomes.flatMap(({ failed }) => failed),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
  }
}

/** The one line that ends a run. */
export function summaryLine({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`
}
