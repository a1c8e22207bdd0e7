import { availableParallelism } from 'node:os'
import type { ScenarioResult } from './run-scenario.ts'
import { scenarios } from './scenarios.ts'

/**
 * The suite's results as a Markdown page: one row per scenario and mode over all runs, then every failure.
 */
export function faultReport(results: readonly ScenarioResult[], startedAt: Date): string {
  const failures = results.filter((result) => !result.ok)
  const lines = [
    '# Fault suite',
    '',
    `Started ${startedAt.toISOString()} on ${availableParallelism()} cores, Bun ${Bun.version}. ${results.length} scenario runs, ${failures.length} failures.`,
    'After each: every accepted entry is in participants; participants = total = sum of channels = sum of',
    'hours = processed ids; the outbox is empty; dead letters = injected poison; no program ended by itself;',
    'no request hung. Time limits are extended by the load average per core; the load column has its range.',
    '`--seed N` repeats the instants of a run; run k of a series has the seed N + k - 1.',
    '',
    '| # | scenario | mode | runs | held | entries | client retries | seconds | slowest drain | load | seeds | last run |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ]
  for (const { number, title } of scenarios)
    for (const mode of ['outbox', 'kafka']) {
      const rows = results.filter((result) => result.number === number && result.mode === mode)
      if (rows.length === 0) continue
      const sum = (pick: (row: ScenarioResult) => number) => rows.reduce((total, row) => total + pick(row), 0)
      const held = rows.filter((row) => row.ok).length
      const loads = rows.map((row) => row.load)
      const drainSeconds = Math.max(...rows.map((row) => row.drainMs)) / 1000
      lines.push(
        `| ${number} | ${title} | ${mode} | ${rows.length} | ${held} | ${sum((row) => row.accepted)} | ${sum((row) => row.retries)} | ${(sum((row) => row.seconds) / rows.length).toFixed(1)} | ${drainSeconds.toFixed(1)} s | ${Math.min(...loads).toFixed(0)}–${Math.max(...loads).toFixed(0)} | ${formatSeeds(rows)} | ${rows.at(-1)?.notes ?? ''} |`,
      )
    }
  if (failures.length > 0) lines.push('', '## Failures', '')
  for (const { number, mode, seed, problems } of failures)
    lines.push(`- ${number}, ${mode}, seed ${seed}: ${problems.join('; ')}`)
  return `${lines.join('\n')}\n`
}

/** First and last seed: those of a series follow each other. */
function formatSeeds(rows: readonly ScenarioResult[]): string {
  const seeds = rows.map(({ seed }) => seed)
  return seeds.length === 1 ? String(seeds[0]) : `${Math.min(...seeds)}–${Math.max(...seeds)}`
}
