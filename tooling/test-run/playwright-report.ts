import { z } from 'zod'
import type { Outcome } from './outcome.ts'

const Annotation = z.object({ type: z.string(), description: z.string().optional() })

const Spec = z.object({
  title: z.string(),
  tests: z.array(
    z.object({
      projectName: z.string().optional(),
      status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
      annotations: z.array(Annotation).default([]),
    }),
  ),
})

type Suite = { title: string; specs?: z.infer<typeof Spec>[]; suites?: Suite[] }
const Suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ title: z.string(), specs: z.array(Spec).optional(), suites: z.array(Suite).optional() }),
)

const Report = z.object({
  suites: z.array(Suite),
  errors: z.array(z.object({ message: z.string().optional() })),
})

/** Reads a report of Playwright's JSON reporter. A test that passed only on a retry is listed as unstable. */
export function readPlaywrightReport(json: string): Outcome {
  const outcome: Outcome = { passed: 0, failed: [], skipped: [], unstable: [] }
  const report = Report.parse(JSON.parse(json))
  const walk = (suite: Suite, path: string[]) => {
    for (const spec of suite.specs ?? []) {
      for (const { status, projectName, annotations } of spec.tests) {
        const name = [...(projectName ? [`[${projectName}]`] : []), ...path, spec.title].join(' › ')
        const reason = annotations.find(({ type }) => type === 'skip')?.description
        if (status === 'expected') outcome.passed++
        else if (status === 'skipped') outcome.skipped.push(reason ? `${name} (${reason})` : name)
        else if (status === 'unexpected') outcome.failed.push(name)
        else {
          outcome.passed++
          outcome.unstable.push(name)
        }
      }
    }
    for (const inner of suite.suites ?? []) walk(inner, [...path, inner.title])
  }
  for (const file of report.suites) walk(file, [file.title])
  for (const { message } of report.errors)
    outcome.failed.push(message?.split('\n')[0] ?? 'an error outside any test')
  return outcome
}
