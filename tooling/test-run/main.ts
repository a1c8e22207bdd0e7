import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pythonObstacle } from '../fuzz/schemathesis.ts'
import { ROOT, workspaces } from '../repository.ts'
import { missingTools } from './missing-tools.ts'
import { type Outcome, summaryLine } from './outcome.ts'
import { dailyFuzz, dailyPlan, deepFuzz, deepPlan, only } from './plan.ts'
import { runWithServices, stopSignal } from './run-with-services.ts'

const IS_CI = process.env.CI === 'true'

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Arguments: `--deep` for the long runs, `--fuzz` to fuzz the API as well; anything else is a part of the names of the checks to run. */
async function run(args: string[], signal: AbortSignal): Promise<Outcome> {
  const reports = mkdtempSync(join(tmpdir(), 'eungmo-reports-'))
  const plan = isDeep ? deepPlan(ROOT, workspaces()) : dailyPlan(ROOT, workspaces(), reports)
  if (fuzzes && !fuzzObstacle) plan.push(isDeep ? deepFuzz(ROOT) : dailyFuzz(ROOT))
  const names = args.filter((arg) => !arg.startsWith('--'))
  try {
    return await runWithServices(only(names, plan), { print, signal })
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

function list(title: string, names: string[]): void {
  if (names.length > 0) print(`\n${title}\n${names.map((name) => `  ${name}`).join('\n')}`)
}

const stopping = stopSignal()

const isDeep = process.argv.includes('--deep')
const fuzzes = isDeep || process.argv.includes('--fuzz')
const fuzzObstacle = fuzzes ? pythonObstacle() : undefined
const missing = [...missingTools(), ...(fuzzObstacle ? [fuzzObstacle] : [])]
for (const tool of missing) print(`${tool}: the tests that need it are skipped.`)
try {
  const outcome = await run(process.argv.slice(2), stopping)
  if (fuzzObstacle) outcome.skipped.push(`fuzz (${fuzzObstacle})`)
  if (IS_CI) {
    const skipped = outcome.skipped.map((name) => `${name} was skipped, which CI=true forbids`)
    outcome.failed.push(...missing, ...skipped)
  }
  list('Skipped:', outcome.skipped)
  list('Passed only on a retry (find out why):', outcome.unstable)
  list('Failed:', outcome.failed)
  if (stopping.aborted) print('\nInterrupted.')
  print(`\n${summaryLine(outcome)}`)
  process.exit(outcome.failed.length > 0 || stopping.aborted ? 1 : 0)
} catch (error) {
  print(error instanceof Error ? error.message : String(error))
  print('\n0 passed, 1 failed, 0 skipped')
  process.exit(1)
}
