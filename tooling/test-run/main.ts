import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastLines } from '../processes/last-lines.ts'
import { runCommand } from '../processes/run-command.ts'
import { ROOT, workspaces } from '../repository.ts'
import { browserCheck, buildCheck, type Check, outcomeOf, staticChecks, vitestCheck } from './checks.ts'
import { missingTools } from './missing-tools.ts'
import { closingLine, type Outcome, sum } from './outcome.ts'
import { startServices } from './services.ts'

const CI = process.env.CI === 'true'

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/**
 * Runs every check, a few static ones side by side and the tests one package after another, so that measurements and
 * time limits in them hold on two cores. Prints a check's output only when it fails.
 */
async function runAll(only: string[], signal: AbortSignal): Promise<Outcome> {
  const reports = mkdtempSync(join(tmpdir(), 'eungmo-reports-'))
  const everything = workspaces()
  const outcomes: Outcome[] = []
  const isWanted = (check: Check) => only.length === 0 || only.some((word) => check.name.includes(word))

  const run = async (check: Check, env: Record<string, string> = {}) => {
    const { code, output, seconds, timedOut } = await runCommand(check.words, {
      cwd: check.cwd,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', ...env, ...check.env },
      limit: check.limit,
      signal,
    })
    const file = check.report?.file
    const report = file && existsSync(file) ? readFileSync(file, 'utf8') : undefined
    const outcome = outcomeOf(check, code, report)
    outcomes.push(outcome)
    const good = outcome.failed.length === 0
    if (!good)
      print(`\n──── ${check.name} ────\n${check.report ? output.trimEnd() : lastLines(output, 200)}\n────`)
    const late = timedOut ? `, ended after ${check.limit / 60_000} minutes` : ''
    print(`${good ? '✓' : '✗'} ${check.name}: ${closingLine(outcome)} (${seconds.toFixed(1)} s${late})`)
    return good
  }

  const services = startServices(print)
  // Awaited only after the build: a failure before then is not an unhandled one.
  services.catch(() => {})
  try {
    const built = await run(buildCheck(ROOT))
    const { env } = await services
    if (!built || signal.aborted) return sum(outcomes)
    await Promise.all(
      staticChecks(ROOT)
        .filter(isWanted)
        .map((check) => run(check)),
    )
    const tests = [
      ...everything.filter(({ scripts }) => scripts.test).map((one) => vitestCheck(one, reports)),
      ...everything.filter(({ scripts }) => scripts['test:e2e']).map((one) => browserCheck(one, reports)),
    ]
    for (const check of tests.filter(isWanted)) if (!signal.aborted) await run(check, env)
    return sum(outcomes)
  } finally {
    await (await services).stop()
    rmSync(reports, { recursive: true, force: true })
  }
}

function list(title: string, names: string[]): void {
  if (names.length > 0) print(`\n${title}\n${names.map((name) => `  ${name}`).join('\n')}`)
}

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())

const missing = missingTools()
for (const one of missing) print(`${one}: the tests that need it are skipped.`)
try {
  const outcome = await runAll(process.argv.slice(2), stopping.signal)
  if (CI)
    outcome.failed.push(
      ...missing,
      ...outcome.skipped.map((name) => `${name} was skipped, which CI=true forbids`),
    )
  list('Skipped:', outcome.skipped)
  list('Failed:', outcome.failed)
  if (stopping.signal.aborted) print('\nInterrupted.')
  print(`\n${closingLine(outcome)}`)
  process.exit(outcome.failed.length > 0 || stopping.signal.aborted ? 1 : 0)
} catch (error) {
  print(error instanceof Error ? error.message : String(error))
  print('\n0 passed, 1 failed, 0 skipped')
  process.exit(1)
}
