import { join } from 'node:path'
import type { Workspace } from '../repository.ts'
import { browserLibraries } from './browser-libraries.ts'
import { NOTHING, type Outcome } from './outcome.ts'
import { readPlaywrightReport } from './playwright-report.ts'
import { readVitestReport } from './vitest-report.ts'

/** Far above what any of them takes: it ends what hangs. */
const LIMIT = 20 * 60_000

/** One command of a test run, and how its outcome is read. */
export type Check = {
  name: string
  words: string[]
  cwd: string
  env?: Record<string, string>
  limit: number
  /** Where it writes a report, and who reads it; without one the exit code is one test. */
  report?: { file: string; read: (json: string) => Outcome }
}

export function buildCheck(root: string): Check {
  const words = ['turbo', 'run', 'build', '--output-logs=errors-only']
  return { name: 'build', words, cwd: root, limit: LIMIT }
}

export function staticChecks(root: string): Check[] {
  return [
    {
      name: 'types',
      words: ['turbo', 'run', 'check', '--concurrency=2', '--output-logs=errors-only', '--continue=always'],
      cwd: root,
      limit: LIMIT,
    },
    { name: 'lint', words: ['bun', 'run', 'lint'], cwd: root, limit: LIMIT },
  ]
}

export function vitestCheck({ name, directory }: Workspace, reports: string): Check {
  const file = join(reports, `${name.replaceAll(/\W+/g, '-')}.json`)
  return {
    name,
    words: ['bun', 'run', 'test', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    cwd: directory,
    limit: LIMIT,
    report: { file, read: readVitestReport },
  }
}

export function browserCheck({ name, directory }: Workspace, reports: string): Check {
  const file = join(reports, `${name.replaceAll(/\W+/g, '-')}-browser.json`)
  return {
    name: `${name} in a browser`,
    words: ['bun', 'run', 'test:e2e', '--reporter=list,json'],
    cwd: directory,
    // The browser is unpacked into the temporary directory, where another user's copy could not be run.
    env: {
      ...browserLibraries(),
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      TMPDIR: reports,
    },
    limit: LIMIT,
    report: { file, read: readPlaywrightReport },
  }
}

/**
 * What a finished check counts for. One that ends badly always has a failure to its name: also when its report says that
 * every test passed, and when there is no report.
 */
export function outcomeOf(check: Check, code: number, report: string | undefined): Outcome {
  if (!check.report) return code === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: [check.name] }
  if (report === undefined) return { ...NOTHING, failed: [`${check.name} (it wrote no report)`] }
  const outcome = check.report.read(report)
  const total = outcome.passed + outcome.failed.length + outcome.skipped.length
  const prefixed = {
    passed: outcome.passed,
    failed: outcome.failed.map((name) => `${check.name}: ${name}`),
    skipped: outcome.skipped.map((name) => `${check.name}: ${name}`),
  }
  if (total === 0) return { ...prefixed, failed: [`${check.name} (it ran no test)`] }
  if (code === 0 || outcome.failed.length > 0) return prefixed
  return { ...prefixed, failed: [`${check.name} (its tests passed, but it ended with code ${code})`] }
}
