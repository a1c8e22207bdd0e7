import { expect, test } from 'vitest'
import { browserCheck, outcomeOf, typesCheck, vitestCheck } from './checks.ts'

const workspace = { name: '@eungmo/x', directory: '/x', scripts: {} }
const vitest = vitestCheck(workspace, '/reports')
const browser = browserCheck(workspace, '/reports')

function vitestReport(...files: { status: string; tests: [string, string][] }[]): string {
  const testResults = files.map(({ status, tests }, index) => ({
    name: `file${index}.test.ts`,
    status,
    assertionResults: tests.map(([fullName, result]) => ({ fullName, status: result })),
  }))
  return JSON.stringify({ testResults })
}

test('a check without a report is one test', () => {
  const types = typesCheck('/x')
  expect(outcomeOf(types, 0, undefined)).toEqual({ passed: 1, failed: [], skipped: [], unstable: [] })
  expect(outcomeOf(types, 2, undefined)).toEqual({ passed: 0, failed: ['types'], skipped: [], unstable: [] })
})

test('counts passed, failed and skipped tests under the name of their package', () => {
  const report = vitestReport({
    status: 'failed',
    tests: [
      ['adds', 'passed'],
      ['divides', 'failed'],
      ['through Kafka (Java 17 is missing)', 'skipped'],
      ['later', 'todo'],
    ],
  })
  expect(outcomeOf(vitest, 1, report)).toEqual({
    passed: 1,
    failed: ['@eungmo/x: divides'],
    skipped: ['@eungmo/x: through Kafka (Java 17 is missing)', '@eungmo/x: later'],
    unstable: [],
  })
})

test.each([
  [
    'a file that cannot be loaded',
    1,
    vitestReport({ status: 'failed', tests: [] }),
    '@eungmo/x: file0.test.ts',
  ],
  [
    'an error outside any test',
    1,
    vitestReport({ status: 'passed', tests: [['adds', 'passed']] }),
    '@eungmo/x (its tests passed, but it exited with code 1)',
  ],
  ['a crash before the report', 0, undefined, '@eungmo/x (it wrote no report)'],
  ['no test at all', 0, vitestReport(), '@eungmo/x (it ran no test)'],
])('%s is a failure', (_, code, report, failure) => {
  expect(outcomeOf(vitest, code, report).failed).toEqual([failure])
})

test('reads a browser run: a pass on a retry only is listed, a skip keeps its reason', () => {
  const spec = (title: string, status: string, annotations: object[] = []) => ({
    title,
    tests: [{ projectName: 'phone', status, annotations }],
  })
  const report = JSON.stringify({
    errors: [],
    suites: [
      {
        title: 'enter.spec.ts',
        specs: [spec('enters', 'expected'), spec('draws', 'flaky')],
        suites: [
          {
            title: 'kafka',
            specs: [spec('counts', 'skipped', [{ type: 'skip', description: 'Java 17 is missing' }])],
          },
        ],
      },
    ],
  })
  expect(outcomeOf(browser, 0, report)).toEqual({
    passed: 2,
    failed: [],
    unstable: ['@eungmo/x in a browser: [phone] › enter.spec.ts › draws'],
    skipped: ['@eungmo/x in a browser: [phone] › enter.spec.ts › kafka › counts (Java 17 is missing)'],
  })
})
