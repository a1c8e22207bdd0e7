import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '@eungmo/tooling/postgres/server'
import { z } from 'zod'
import { install } from './installation.ts'
import { yearReport } from './report.ts'
import { simulateYear } from './simulate.ts'

/**
 * bun run test:year [--seed N] [--days N] [--events N] [--report FILE]
 *
 * A year of a shop, day by day, with the whole database checked after each. The exit code is 1 when something
 * was stored beyond its time, or missing before it.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    days: { type: 'string', default: '365' },
    events: { type: 'string', default: '200' },
    report: { type: 'string' },
  },
})
const options = z
  .object({
    seed: z.coerce.number().int().min(0),
    days: z.coerce.number().int().min(1),
    events: z.coerce.number().int().min(1),
    report: z.string().min(1).optional(),
  })
  .parse(values)

const print = (line: string) => void process.stdout.write(`${line}\n`)
print(`seed ${options.seed}`)
const directory = mkdtempSync(join(tmpdir(), 'eungmo-year-'))
const server = await startPostgres({ dataDir: join(directory, 'postgres'), settings: { fsync: 'off' } })
const startedAt = performance.now()
try {
  const installation = await install(server.url, join(directory, 'destructions.jsonl'))
  try {
    const result = await simulateYear(installation, { ...options, print })
    const report = yearReport(options, result, (performance.now() - startedAt) / 1000)
    print(report)
    if (options.report) writeFileSync(options.report, report)
    process.exitCode = result.problems.length > 0 ? 1 : 0
  } finally {
    await installation.close()
  }
} finally {
  await server.stop()
  rmSync(directory, { recursive: true })
}
