import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Measurement, type Round, type Row, toReport } from '@eungmo/tooling/bench/http-report'
import { z } from 'zod'
import { measure, prepare } from './load.ts'
import { startLimitTarget, startPeerTarget } from './peer-targets.ts'
import { startProductTarget } from './product-target.ts'
import { PATHS, type Path, type Target } from './target.ts'

/**
 * `bun run bench:http [--seconds 5] [--rounds 3] [--participants 10000,1000000] [--only "form POST"]`: the product over
 * HTTP, in turn with a literal implementation of the brief (bench/peers/express.ts) and with a bare Bun.serve. Prints
 * medians, ratios, p99, processor time per request and peak memory. `--participants` measures an event of each size and
 * prints how the cost grows. Fails when a response is wrong or lacks its receipt, or when the signature
 * of a sampled receipt is wrong. Nothing else should run on the machine.
 */
const WARM_UP_SECONDS = 3
const IDLE_SAMPLE_MS = 3_000
/** In cores; above it the machine is called shared. */
const MAX_QUIET_LOAD = 0.1

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    participants: { type: 'string', default: '0' },
    only: { type: 'string' },
  },
})
const list = (text: string) => text.split(',')
const options = z
  .object({
    seconds: z.coerce.number().int().min(1).max(600),
    rounds: z.coerce.number().int().min(1).max(100),
    participants: z
      .string()
      .transform(list)
      .pipe(z.array(z.coerce.number<string>().int().min(0).max(5_000_000))),
    only: z
      .string()
      .transform(list)
      .pipe(z.array(z.enum(PATHS.map(({ name }) => name))))
      .optional(),
  })
  .safeParse(values)
if (!options.success) {
  process.stderr.write(`${z.prettifyError(options.error)}\n`)
  process.exit(2)
}
const { seconds, rounds, participants, only } = options.data

const note = (text: string) => process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${text}\n`)
const directory = mkdtempSync(join(tmpdir(), 'eungmo-bench-http-'))
const targets: Target[] = []
async function cleanUp(): Promise<void> {
  for (const target of targets.splice(0).reverse()) await target.stop()
  rmSync(directory, { recursive: true, force: true })
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)))

/** Cores that are busy now. */
async function busyCores(): Promise<number> {
  const busyMs = () => cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys, 0)
  const before = busyMs()
  await Bun.sleep(IDLE_SAMPLE_MS)
  return (busyMs() - before) / IDLE_SAMPLE_MS
}

/** Who is first changes with each round. */
async function measurePath(path: Path, [product, peer, limit]: readonly [Target, Target, Target]) {
  const measured: Round[] = []
  const order = [product, peer, limit]
  for (const target of order) await measure(target, path, Math.min(seconds, WARM_UP_SECONDS))
  for (let round = 0; round < rounds; round++) {
    const results = new Map<Target, Measurement>()
    for (const target of order) results.set(target, await measure(target, path, seconds))
    order.push(...order.splice(0, 1))
    const of = (target: Target) => {
      const result = results.get(target)
      if (!result) throw new Error(`${target.name} was not measured.`)
      return result
    }
    measured.push({ product: of(product), peer: of(peer), limit: of(limit) })
  }
  return measured
}

try {
  note('building the product, installing the load client and the peers')
  await prepare()
  const busyBefore = await busyCores()
  note('starting the product and the peers')
  const product = await startProductTarget(join(directory, 'product'))
  targets.push(product)
  const peer = await startPeerTarget(join(directory, 'peer'))
  targets.push(peer)
  const limit = await startLimitTarget(product)
  targets.push(limit)

  const rows: Row[] = []
  for (const size of participants) {
    note(`opening an event with ${size} participants`)
    for (const target of targets) await target.openEvent(size)
    for (const path of PATHS.filter(({ name }) => only === undefined || only.includes(name))) {
      const figure = `${path.name}, ${path.connections} connections`
      const measured = await measurePath(path, [product, peer, limit])
      const texts = measured.map((round) => Math.round(round.product.perSecond))
      note(`${figure}: ${texts.join(', ')} per second`)
      rows.push({ figure, participants: size, rounds: measured })
    }
  }
  const verified = rows.flatMap((row) => row.rounds).reduce((sum, round) => sum + round.product.verified, 0)
  const state = busyBefore > MAX_QUIET_LOAD ? 'shared' : 'quiet'
  process.stdout.write(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, machine ${state}: other programs used ${busyBefore.toFixed(2)} cores before the start. ` +
      `Medians of ${rounds} rounds of ${seconds} s. Every response to an entry held a receipt; ${verified} signatures were verified.\n\n${toReport(rows)}`,
  )
} finally {
  await cleanUp()
}
