import { availableParallelism } from 'node:os'
import type { ScenarioResult } from './run-scenario.ts'
import { scenarios } from './scenarios.ts'

/**
 * The suite's results as a Markdown page: one line a scenario and mode, all runs together, then every
 * failure.
 */
export function faultReport(results: readonly ScenarioResult[], begun: Date): string {
  const failures = results.filter((result) => !result.ok)
  const lines = [
    '# Fault suite',
    '',
    `Begun ${begun.toISOString()} on ${availableParallelism()} cores, Bun ${Bun.version}. ${results.length} scenario runs, ${failures.length} failures.`,
    'After each: every accepted entry is in participants; participants = total = sum of channels = sum of hours = processed ids; the',
    'outbox is empty; dead letters = injected poison; no program ended by itself; no request hung.',
    'Time limits (in the scenarios) are stretched by the load average a core; the load column has its least and most.',
    '',
    '| # | scenario | mode | runs | held | entries | client retries | seconds | slowest drain | load | last run |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ]
  for (const { number, title } of scenarios)
    for (const mode of ['outbox', 'kafka']) {
      const rows = results.filter((result) => result.number === number && result.mode === mode)
      if (rows.length === 0) continue
      const sum = (pick: (row: ScenarioResult) => number) => rows.reduce((total, row) => total + pick(row), 0)
      const held = rows.filter((row) => row.ok).length
      const loads = rows.map((row) => row.load)
      const drain = Math.max(...rows.map((row) => row.drain)) / 1000
      lines.push(
        `| ${number} | ${title} | ${mode} | ${rows.length} | ${held} | ${sum((row) => row.accepted)} | ${sum((row) => row.retries)} | ${(sum((row) => row.seconds) / rows.length).toFixed(1)} | ${drain.toFixed(1)} s | ${Math.min(...loads).toFixed(0)}–${Math.max(...loads).toFixed(0)} | ${rows.at(-1)?.notes ?? ''} |`,
      )
    }
  if (failures.length > 0) lines.push('', '## Failures', '')
  for (const { number, mode, problems } of failures)
    lines.push(`- ${number}, ${mode}: ${problems.join('; ')}`)
  return `${lines.join('\n')}\n`
}
