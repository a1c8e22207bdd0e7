import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { newSeed } from '../random.ts'
import { faultReport } from '../report.ts'
import { runScenario, type ScenarioResult } from '../run-scenario.ts'
import { scenarios } from '../scenarios.ts'
import { Servers } from '../servers.ts'

/**
 * bun run test:faults [--mode outbox|kafka]… [--scenario N]… [--runs N] [--scale full|bounded] [--seed N]
 * [--report FILE]
 *
 * The exit code is 1 when an invariant did not hold.
 */
const { values } = parseArgs({
  options: {
    mode: { type: 'string', multiple: true, default: ['outbox', 'kafka'] },
    scenario: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string', default: '1' },
    scale: { type: 'string', default: 'full' },
    seed: { type: 'string', default: String(newSeed()) },
    report: { type: 'string', default: 'reports/faults.md' },
  },
})
const options = z
  .object({
    mode: z.array(z.enum(['outbox', 'kafka'])),
    scenario: z.array(z.coerce.number().int().min(1).max(10)),
    runs: z.coerce.number().int().min(1),
    scale: z.enum(['full', 'bounded']),
    seed: z.coerce.number().int().min(0),
    report: z.string().min(1),
  })
  .parse(values)

const results: ScenarioResult[] = []
const startedAt = new Date()
process.stdout.write(`seed ${options.seed}\n`)
for (const mode of options.mode) {
  const servers = await Servers.start(mode)
  try {
    for (let run = 1; run <= options.runs; run++) {
      for (const scenario of scenarios) {
        if (!scenario.modes.includes(mode)) continue
        if (options.scenario.length > 0 && !options.scenario.includes(scenario.number)) continue
        const result = await runScenario(servers, scenario, options.scale, options.seed + run - 1)
        results.push(result)
        const { number, ok, seconds, accepted, drainMs, notes, problems } = result
        const head = `${ok ? 'ok  ' : 'FAIL'} ${mode} run ${run} #${number} seed ${options.seed + run - 1} ${seconds.toFixed(1)} s, ${accepted} entries, drained in ${Math.round(drainMs)} ms`
        process.stdout.write(`${head}; ${[notes, ...problems].filter(Boolean).join('; ')}\n`)
        mkdirSync(dirname(options.report), { recursive: true })
        writeFileSync(options.report, faultReport(results, startedAt))
      }
    }
  } finally {
    await servers.stop()
  }
}
const failed = results.filter((result) => !result.ok).length
process.stdout.write(
  `${results.length - failed} of ${results.length} runs held every invariant; the report is ${options.report}\n`,
)
process.exit(failed === 0 ? 0 : 1)
