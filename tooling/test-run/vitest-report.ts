import { z } from 'zod'
import type { Outcome } from './outcome.ts'

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
})

/**
 * Reads a report of Vitest's JSON reporter. A file that fails as a whole (it cannot be loaded, a hook throws) counts as
 * one failed test.
 */
export function readVitestReport(json: string): Outcome {
  const outcome: Outcome = { passed: 0, failed: [], skipped: [], unstable: [] }
  for (const file of Report.parse(JSON.parse(json)).testResults) {
    for (const { fullName, status } of file.assertionResults) {
      if (status === 'passed') outcome.passed++
      else if (status === 'failed') outcome.failed.push(fullName)
      else outcome.skipped.push(fullName)
    }
    const explained = file.assertionResults.some(({ status }) => status === 'failed')
    if (file.status === 'failed' && !explained) outcome.failed.push(file.name)
  }
  return outcome
}
