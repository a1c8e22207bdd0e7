import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startProduct } from '../bench/product.ts'
import { ROOT } from '../repository.ts'
import { documentWithKnownIds } from './document.ts'
import { slowRequests, summary } from './report.ts'
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
  'unsupported_method',
  'allow_header_conformance',
]

const { values } = parseArgs({
  options: {
    /** Ends the run after this time. */
    seconds: { type: 'string', default: '150' },
    /** Repeats the run until it has sent this many requests, whatever time that takes. */
    requests: { type: 'string' },
    /** Of an earlier run, to repeat it. */
    seed: { type: 'string', default: String(Math.floor(Math.random() * MAX_SEED)) },
  },
})

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/**
 * Fuzzes every operation of the REST API with schemathesis, on a product with the demo shop that is started for it.
 * Fails on a server error, on a status or an error code that the operation does not document, on a response that does
 * not match its schema, and on a request outside the schema that is accepted.
 */
async function fuzz(): Promise<boolean> {
  const home = mkdtempSync(join(tmpdir(), 'eungmo-fuzz-'))
  const product = await startProduct({ directory: ROOT, ref: 'this checkout' }, join(home, 'data'))
  try {
    const document = join(home, 'openapi.json')
    await Bun.write(document, JSON.stringify(await documentWithKnownIds(product)))
    const seed = Number(values.seed)
    let sent = 0
    for (let round = 0; round === 0 || sent < Number(values.requests ?? 0); round += 1) {
      const reports = join(home, `round-${round}`)
      print(`Seed ${seed + round}`)
      const code = await schemathesis([
        'run',
        document,
        '--url',
        `${product.baseUrl}/api/v1`,
        '--header',
        `Authorization: Bearer ${product.apiKey}`,
        '--checks',
        CHECKS.join(','),
        '--seed',
        String(seed + round),
        '--max-time',
        values.seconds,
        '--workers',
        '2',
        '--continue-on-failure',
        '--warnings',
        'off',
        '--report',
        'ndjson',
        '--report-ndjson-path',
        `${reports}.ndjson`,
      ])
      const slow = await slowRequests(`${reports}.ndjson`, MAX_RESPONSE_MS)
      sent += slow.requests
      print(summary(slow, MAX_RESPONSE_MS))
      if (code !== 0) return false
      if (slow.requests === 0) throw new Error('schemathesis has sent no request')
    }
    print(`${sent} requests, without a failure`)
    return true
  } finally {
    await product.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

const obstacle = pythonObstacle()
if (obstacle) {
  print(`${obstacle}: the fuzz test is skipped.`)
  process.exit(process.env.CI === 'true' ? 1 : 0)
}
process.exit((await fuzz()) ? 0 : 1)
