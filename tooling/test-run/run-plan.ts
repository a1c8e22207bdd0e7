import { existsSync, readFileSync } from 'node:fs'
import { lastLines } from '../processes/last-lines.ts'
import { runCommand } from '../processes/run-command.ts'
import { type Check, outcomeOf } from './checks.ts'
import { NOTHING, type Outcome, sum, summaryLine } from './outcome.ts'
import type { Lane, Stage } from './plan.ts'

export type RunOptions = {
  /** Added to every check's environment. */
  env: Record<string, string>
  print: (line: string) => void
  signal: AbortSignal
}

/** Output of a check without a report that is shown when it fails. */
const MAX_SHOWN_LINES = 200

/** Runs the stages in order, and the lanes of each side by side. After a failed build nothing else runs. */
export async function runPlan(plan: Stage[], options: RunOptions): Promise<Outcome> {
  const outcomes: Outcome[] = []
  for (const stage of plan) {
    const results = await Promise.all(stage.map((lane) => runLane(lane, options)))
    outcomes.push(...results)
    const isBuild = stage.some(({ checks }) => checks.some(({ name }) => name === 'build'))
    if (isBuild && sum(results).failed.length > 0) break
  }
  return sum(outcomes)
}

async function runLane({ checks, isBackground = false }: Lane, options: RunOptions): Promise<Outcome> {
  let total = NOTHING
  for (const check of checks) {
    if (options.signal.aborted) break
    const command = isBackground ? ['nice', '-n', '10', ...check.command] : check.command
    total = sum([total, await runCheck({ ...check, command }, options)])
  }
  return total
}

/** Runs one check; its output is printed only when it fails. */
async function runCheck(check: Check, { env, print, signal }: RunOptions): Promise<Outcome> {
  const { code, output, seconds, timedOut } = await runCommand(check.command, {
    cwd: check.cwd,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', ...env, ...check.env },
    timeoutMs: check.timeoutMs,
    signal,
  })
  const file = check.report?.file
  const report = file && existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const outcome = outcomeOf(check, code, report)
  const passed = outcome.failed.length === 0
  if (!passed) {
    const shown = check.report ? output.trimEnd() : lastLines(output, MAX_SHOWN_LINES)
    print(`\n──── ${check.name} ────\n${shown}\n────`)
  }
  const late = timedOut ? `, stopped after ${check.timeoutMs / 60_000} minutes` : ''
  print(`${passed ? '✓' : '✗'} ${check.name}: ${summaryLine(outcome)} (${seconds.toFixed(1)} s${late})`)
  return outcome
}
