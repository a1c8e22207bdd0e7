import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { ROOT } from '../repository.ts'
import { type Checkout, checkOut, run } from './checkout.ts'
import { commitBenches, runCommitBench } from './commit-benches.ts'
import { compare, type Row, type Sample, type Side, toTable } from './comparison.ts'
import { type LoadName, loads, measureLoad } from './http-load.ts'
import { type Product, startProduct } from './product.ts'

/**
 * `bun run bench:compare <old-ref> <new-ref> [--pairs 10] [--seconds 5] [--only rest,draw]`: measures two commits in turn
 * on one machine, old and new first alternately, and prints medians and ratios. Ends with 1 where a figure is more than
 * 8 % worse. Each commit is checked out, built and run by its own scripts, so that their layouts may differ.
 */
const SIDES = ['old', 'new'] as const
const PAGE_WEIGHT = 'page-weight'
const httpNames = Object.keys(loads) as LoadName[]
const names: string[] = [PAGE_WEIGHT, ...httpNames, ...new Set(commitBenches.flatMap((bench) => bench.names))]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '5' },
    only: { type: 'string', default: names.join(',') },
  },
})
const options = z
  .object({
    refs: z.tuple([z.string(), z.string()]),
    pairs: z.coerce.number().int().min(1).max(100),
    seconds: z.coerce.number().positive().max(600),
    only: z.array(z.enum(names as [string, ...string[]])),
  })
  .safeParse({ ...values, refs: positionals, only: values.only.split(',') })
if (!options.success) {
  process.stderr.write(
    `Usage: bun run bench:compare <old-ref> <new-ref> [--pairs 10] [--seconds 5] [--only ${names.join(',')}]\n`,
  )
  process.exit(2)
}
const { refs, pairs, seconds, only } = options.data

const note = (text: string) => process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${text}\n`)
const directory = mkdtempSync(join(tmpdir(), 'eungmo-compare-'))
/** What has to be undone at the end, last first. */
const cleanups: (() => Promise<void>)[] = [async () => rmSync(directory, { recursive: true, force: true })]
async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)))

/** Measures both sides `pairs` times; who is first changes with each pair. */
async function measurePairs(
  name: string,
  measure: (side: Side) => Promise<readonly Sample[]>,
): Promise<Row[]> {
  const measured: Record<Side, readonly Sample[]>[] = []
  for (let pair = 0; pair < pairs; pair++) {
    const samples: Record<Side, readonly Sample[]> = { old: [], new: [] }
    for (const side of pair % 2 === 0 ? SIDES : SIDES.toReversed()) samples[side] = await measure(side)
    measured.push(samples)
    const texts = SIDES.map((side) => samples[side].map(({ value }) => value.toPrecision(4)).join(', '))
    note(`${name} ${pair + 1}/${pairs}: old ${texts[0]}; new ${texts[1]}`)
  }
  return compare(measured)
}

async function measureHttp(name: LoadName, product: Product): Promise<Sample[]> {
  const { perSecond, processorMs } = await measureLoad(name, product, seconds)
  const rate: Sample = { figure: `${name}, requests`, unit: '/s', better: 'higher', value: perSecond }
  const cost = { figure: `${name}, CPU per request`, unit: 'ms', better: 'lower' } as const
  return processorMs === null ? [rate] : [rate, { ...cost, value: processorMs }]
}

/** What a browser loads for the entry page. Measured once: it does not vary. */
async function comparePageWeight(products: Record<Side, Product>): Promise<Row[]> {
  const weigh = async ({ baseUrl, event }: Product) => {
    const script = join(ROOT, 'apps/web/bench/page-weight.ts')
    const { stdout } = await run([process.execPath, script, `${baseUrl}/e/${event.slug}`], ROOT)
    const bytes = z.record(z.string(), z.number()).parse(JSON.parse(stdout))
    return Object.entries(bytes).map(
      ([kind, value]): Sample => ({
        figure: `entry page, ${kind}`,
        unit: kind === 'requests' ? '' : 'bytes',
        better: 'lower',
        value,
      }),
    )
  }
  return compare([{ old: await weigh(products.old), new: await weigh(products.new) }])
}

async function compareOverHttp(checkouts: Record<Side, Checkout>): Promise<Row[]> {
  const selected = httpNames.filter((name) => only.includes(name))
  if (selected.length === 0 && !only.includes(PAGE_WEIGHT)) return []
  const start = async (side: Side) => {
    const product = await startProduct(checkouts[side], join(directory, `data-${side}`))
    cleanups.push(product.stop)
    return product
  }
  const products = { old: await start('old'), new: await start('new') }
  const rows = only.includes(PAGE_WEIGHT) ? await comparePageWeight(products) : []
  for (const name of selected) {
    // Warm: compiled, planned and cached as after a minute of use.
    for (const side of SIDES) await measureLoad(name, products[side], Math.min(seconds, 3))
    rows.push(...(await measurePairs(name, (side) => measureHttp(name, products[side]))))
  }
  for (const side of SIDES) await products[side].stop()
  return rows
}

try {
  const [oldRef, newRef] = refs
  note(`building ${oldRef} and ${newRef} in ${directory}`)
  const prepare = async (side: Side, ref: string) => {
    const checkout = await checkOut(ref, directory, side)
    cleanups.push(checkout.remove)
    return checkout
  }
  const checkouts = { old: await prepare('old', oldRef), new: await prepare('new', newRef) }
  const rows = await compareOverHttp(checkouts)
  for (const bench of commitBenches.filter((each) => each.names.some((name) => only.includes(name))))
    rows.push(
      ...(await measurePairs(bench.names.join(' and '), (side) => runCommitBench(checkouts[side], bench))),
    )
  const short = ({ ref, commit }: Checkout) =>
    commit.startsWith(ref) ? ref : `${ref} (${commit.slice(0, 7)})`
  process.stdout.write(toTable(rows, { old: short(checkouts.old), new: short(checkouts.new) }))
  process.exitCode = rows.some(({ verdict }) => verdict === 'WORSE') ? 1 : 0
} finally {
  await cleanUp()
}
