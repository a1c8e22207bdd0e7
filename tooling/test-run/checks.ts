import { join } from 'node:path'
import type { Workspace } from '../repository.ts'
import { browserLibraries } from './browser-libraries.ts'
import { NOTHING, type Outcome } from './outcome.ts'
import { readPlaywrightReport } from './playwright-report.ts'
import { readVitestReport } from './vitest-report.ts'

const MINUTE_MS = 60_000

/** Far above what any check of the daily run takes: it ends what hangs. */
const CHECK_TIMEOUT_MS = 20 * MINUTE_MS
const LONG_TIMEOUT_MS = 8 * 60 * MINUTE_MS

/** One command of a test run, and how its outcome is read. */
export type Check = {
  name: string
  command: string[]
  cwd: string
  env?: Record<string, string>
  timeoutMs: number
  /** Where it writes a report, and the function that reads it; without one the exit code is one test. */
  report?: { file: string; read: (json: string) => Outcome }
}

export function buildCheck(root: string): Check {
  const command = ['turbo', 'run', 'build', '--output-logs=errors-only']
  return { name: 'build', command, cwd: root, timeoutMs: CHECK_TIMEOUT_MS }
}

export function typesCheck(root: string): Check {
  const options = ['--concurrency=2', '--output-logs=errors-only', '--continue=always']
  return {
    name: 'types',
    command: ['turbo', 'run', 'check', ...options],
    cwd: root,
    timeoutMs: CHECK_TIMEOUT_MS,
  }
}

export function lintCheck(root: string): Check {
  return { name: 'lint', command: ['bun', 'run', 'lint'], cwd: root, timeoutMs: CHECK_TIMEOUT_MS }
}

export function vitestCheck({ name, directory }: Workspace, reports: string): Check {
  const file = join(reports, `${name.replaceAll(/\W+/g, '-')}.json`)
  return {
    name,
    command: ['bun', 'run', 'test', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    cwd: directory,
    timeoutMs: CHECK_TIMEOUT_MS,
    report: { file, read: readVitestReport },
  }
}

export function browserCheck({ name, directory }: Workspace, reports: string): Check {
  const file = join(reports, `${name.replaceAll(/\W+/g, '-')}-browser.json`)
  return {
    name: `${name} in a browser`,
    command: ['bun', 'run', 'test:e2e', '--reporter=list,json'],
    cwd: directory,
    // The browser is unpacked into the temporary directory, where another user's copy could not be run.
    env: {
      ...browserLibraries(),
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      TMPDIR: reports,
    },
    timeoutMs: CHECK_TIMEOUT_MS,
    report: { file, read: readPlaywrightReport },
  }
}

/** A long run with a script of its own, which writes its report into the checkout. */
export function longCheck({ name, directory }: Workspace, script: string): Check {
  return {
    name: `${name} ${script}`,
    command: ['bun', 'run', script],
    cwd: directory,
    timeoutMs: LONG_TIMEOUT_MS,
  }
}

/** Fuzzes the REST API of a product that it starts. */
export function fuzzCheck(root: string, options: string[] = []): Check {
  return {
    name: 'fuzz',
    command: ['bun', 'run', 'test:fuzz', ...options],
    cwd: root,
    timeoutMs: options.length > 0 ? LONG_TIMEOUT_MS : CHECK_TIMEOUT_MS,
  }
}

/**
 * The outcome of a finished check. One that exits with an error always has a failure to its name: also when its report
 * says that every test passed, and when there is no report.
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
    unstable: outcome.unstable.map((name) => `${check.name}: ${name}`),
  }
  if (total === 0) return { ...prefixed, failed: [`${check.name} (it ran no test)`] }
  if (code === 0 || outcome.failed.length > 0) return prefixed
  return { ...prefixed, failed: [`${check.name} (its tests passed, but it exited with code ${code})`] }
}
