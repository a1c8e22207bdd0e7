/** Times the engine against its peers and against one pass over the weights, in one run: `bun run bench`. */
import { createHash } from 'node:crypto'
import { draw } from '../src/draw.ts'
import { decodeEntries, encodeEntries } from '../src/list/entry-blob.ts'
import { toEntryList } from '../src/list/entry-input.ts'
import { entryTree } from '../src/list/entry-tree.ts'
import { SeededStream } from '../src/sampling/seeded-stream.ts'
import { strikeOut } from '../src/sampling/strike-out.ts'
import type { TicketColumn } from '../src/sampling/ticket-tree.ts'
import { PEERS } from './peers.ts'

const SIZES = [
  [1e4, 10],
  [1e4, 100],
  [1e6, 10],
  [1e6, 100],
  [1e6, 1e5],
] as const
const seed = new Uint8Array(32).fill(1)
/** Holds results, so that no engine optimises the work away. */
const held: unknown[] = []

/** Milliseconds of the clock, or with `--cpu` of processor time, for machines with other work. */
function clock(): number {
  if (!process.argv.includes('--cpu')) return performance.now()
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * The best of many runs of each task, in milliseconds. Tasks alternate, so that all meet the same noise: other
 * programs make a run slower, never faster.
 */
function best<Name extends string>(
  tasks: Readonly<Record<Name, () => unknown>>,
  budget: number,
): Record<Name, number> {
  const names = Object.keys(tasks) as Name[]
  const least = Object.fromEntries(names.map((name) => [name, Number.POSITIVE_INFINITY])) as Record<
    Name,
    number
  >
  const until = performance.now() + budget
  for (let round = 0; round < 5 || performance.now() < until; round++) {
    for (const name of names) {
      const start = clock()
      held[0] = tasks[name]()
      least[name] = Math.min(least[name], clock() - start)
    }
  }
  return least
}

function singlePass(weights: TicketColumn): number {
  let sum = 0
  for (let at = 0; at < weights.length; at++) sum += weights[at] as number
  return sum
}

function weightsOf(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, at) => [1, 1, 2, 3][(at * 7919) & 3] as number)
}

function line(cells: readonly string[]): void {
  process.stdout.write(
    `${cells.map((cell, at) => (at === 0 ? cell.padEnd(34) : cell.padStart(11))).join('')}\n`,
  )
}

function milliseconds(ms: number): string {
  return ms < 1 ? ms.toFixed(4) : ms.toFixed(2)
}

const titles = SIZES.map(([size, count]) =>
  `${size.toExponential(0)}/${count >= 1e5 ? '1e+5' : count}`.replace('e+', 'e').replace('e+', 'e'),
)
const columns = SIZES.map(([size, count]) => {
  const weights = weightsOf(size)
  const list = toEntryList({
    ids: Array.from(weights, (_, at) => `e${String(at).padStart(7, '0')}`),
    tickets: weights,
  })
  const bytes = Uint8Array.from(weights)
  const peers = Object.fromEntries(PEERS.map((peer) => [peer.name, () => peer.draw(weights, count)]))
  return best(
    {
      floor: () => singlePass(weights),
      sampler: () => strikeOut(weights, count, new SeededStream(seed)),
      floorBytes: () => singlePass(bytes),
      samplerBytes: () => strikeOut(bytes, count, new SeededStream(seed)),
      whole: () => draw({ entries: list, winnerCount: count, seed }),
      ...peers,
    },
    Number(process.env.BENCH_MS ?? 12_000),
  )
})

line([`ms${process.argv.includes('--cpu') ? ' of CPU' : ''}, best of many; n / k`, ...titles])
line(['one pass, Float64Array', ...columns.map(({ floor }) => milliseconds(floor))])
line(['strikeOut, Float64Array', ...columns.map(({ sampler }) => milliseconds(sampler))])
line(['  times one pass', ...columns.map(({ sampler, floor }) => `${(sampler / floor).toFixed(2)}x`)])
line(['one pass, Uint8Array', ...columns.map(({ floorBytes }) => milliseconds(floorBytes))])
line(['strikeOut, Uint8Array', ...columns.map(({ samplerBytes }) => milliseconds(samplerBytes))])
line([
  '  times one pass',
  ...columns.map(({ samplerBytes, floorBytes }) => `${(samplerBytes / floorBytes).toFixed(2)}x`),
])
line(['draw() on a checked list', ...columns.map(({ whole }) => milliseconds(whole))])
for (const { name } of PEERS) {
  const times = columns.map((column) => (column as Record<string, number>)[name] as number)
  line([name, ...times.map(milliseconds)])
  line([
    '  times strikeOut',
    ...columns.map(({ sampler }, at) => `${((times[at] as number) / sampler).toFixed(1)}x`),
  ])
}

/** What a draw over a million entries does besides sampling. */
const ids = Array.from({ length: 1e6 }, (_, at) =>
  createHash('sha256').update(String(at)).digest('base64url'),
).sort()
const million = toEntryList({ ids, tickets: weightsOf(1e6) })
const blob = encodeEntries(million)
const native = (data: Uint8Array) => Bun.SHA256.hash(data) as Uint8Array
process.stdout.write('\n1e6 entries with hashed ids, ms\n')
const around = best(
  {
    'draw() with validation, from columns': () =>
      draw({ entries: { ids, tickets: million.tickets }, winnerCount: 100, seed }),
    'root with Bun.SHA256': () => entryTree(million, { sha256: native }),
    'root with node:crypto': () =>
      entryTree(million, { sha256: (data) => createHash('sha256').update(data).digest() }),
    'root with the portable hash': () => entryTree(million),
    'list to bytes': () => encodeEntries(million),
    'bytes to list': () => decodeEntries(blob),
  },
  0,
)
for (const [name, ms] of Object.entries(around)) line([name.padEnd(40), milliseconds(ms)])
