import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { run } from '../bench/checkout.ts'
import { type Product, startProduct } from '../bench/product.ts'
import { ROOT } from '../repository.ts'
import { documentWithKnownValues, operationsOf } from './known-values.ts'
import { fuzzReport, summary } from './report.ts'
import { addRequests, neverSucceeded, noRequests, type Requests } from './requests.ts'
import { pythonObstacle, schemathesis } from './schemathesis.ts'

const MAX_RESPONSE_MS = 1_000
const MAX_SEED = 2 ** 31

/** Everything but what a random request cannot know: which of them should have been accepted. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'missing_required_header',
  'ignored_auth',
  'unsupported_method',
  'allow_header_conformance',
]

const { values } = parseArgs({
  options: {
    /** At most so many generated requests per operation and round. */
    examples: { type: 'string', default: '200' },
    /** Repeats the run, each round with the next seed, until it has sent this many requests. */
    requests: { type: 'string', default: '0' },
    /** Of the first round. A fixed one makes the gate repeatable; `random` looks elsewhere each time. */
    seed: { type: 'string', default: '1' },
    /** A Markdown file for the report of a run without a failure. */
    report: { type: 'string' },
  },
})

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/**
 * Fuzzes every operation of the REST API with schemathesis, on a product with the demo shop that is started for it.
 * Fails on a server error, on a status or an error code that the operation does not document, on a response that does
 * not match its schema, on a request outside the schema that is accepted, and where no request to an operation succeeds.
 */
async function fuzz(): Promise<boolean> {
  const startedAt = new Date()
  const firstSeed = values.seed === 'random' ? Math.floor(Math.random() * MAX_SEED) : Number(values.seed)
  const home = mkdtempSync(join(tmpdir(), 'eungmo-fuzz-'))
  const product = await startProduct({ directory: ROOT, ref: 'this checkout' }, join(home, 'data'))
  try {
    let requests: Requests | undefined
    const seeds: number[] = []
    do {
      const seed = firstSeed + seeds.length
      seeds.push(seed)
      // New events for each round: the one before has drawn the winners of its own.
      const document = await documentWithKnownValues(product)
      requests ??= noRequests(operationsOf(document))
      await Bun.write(join(home, 'openapi.json'), JSON.stringify(document))
      print(`Seed ${seed}`)
      const code = await fuzzOnce(product, seed, home)
      await addRequests(requests, join(home, 'events.ndjson'), MAX_RESPONSE_MS)
      if (code !== 0) {
        print(summary(requests, MAX_RESPONSE_MS))
        return false
      }
    } while (requests.total < Number(values.requests))
    print(summary(requests, MAX_RESPONSE_MS))
    const unseen = neverSucceeded(requests)
    for (const operation of unseen) print(`${operation}: no request succeeded`)
    if (unseen.length > 0) return false
    if (values.report) {
      const commit = (await run(['git', 'rev-parse', '--short', 'HEAD'], ROOT)).stdout.trim()
      const minutes = (Date.now() - startedAt.getTime()) / 60_000
      const facts = { requests, seeds, startedAt, minutes, commit, maxMs: MAX_RESPONSE_MS }
      await Bun.write(values.report, fuzzReport(facts, values.report))
    }
    return true
  } finally {
    await product.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

/** One worker and no database of earlier examples: the same seed sends the same requests in the same order. */
function fuzzOnce({ baseUrl, apiKey }: Product, seed: number, home: string): Promise<number> {
  const options = {
    url: `${baseUrl}/api/v1`,
    header: `Authorization: Bearer ${apiKey}`,
    checks: CHECKS.join(','),
    seed: String(seed),
    'max-examples': values.examples,
    workers: '1',
    'generation-database': 'none',
    'suppress-health-check': 'all',
    warnings: 'off',
    report: 'ndjson',
    'report-ndjson-path': join(home, 'events.ndjson'),
  }
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  return schemathesis(['run', join(home, 'openapi.json'), ...flags, '--continue-on-failure'], home)
}

const obstacle = pythonObstacle()
if (obstacle) {
  print(`${obstacle}: the fuzz test is skipped.`)
  process.exit(process.env.CI === 'true' ? 1 : 0)
}
process.exit((await fuzz()) ? 0 : 1)
