import { join } from 'node:path'
import { type Checkout, run } from './checkout.ts'
import type { Sample } from './comparison.ts'

interface Pattern {
  figure: string
  unit: string
  better: Sample['better']
  /** Finds the value in the bench's output. */
  value: RegExp
}

interface CommitBench {
  /** Names that --only accepts for it. */
  names: readonly string[]
  /** Relative to the checkout. */
  directory: string
  /** Arguments of Bun: a short form of the bench, a few seconds per figure. */
  args: readonly string[]
  env?: Record<string, string>
  /** Name of the figure for the run's processor time, where the amount of work is fixed. */
  processorFigure?: string
  patterns: readonly Pattern[]
}

const perSecond = (figure: string, value: RegExp): Pattern => ({
  figure,
  unit: '/s',
  better: 'higher',
  value,
})
const milliseconds = (figure: string, value: RegExp): Pattern => ({
  figure,
  unit: 'ms',
  better: 'lower',
  value,
})

/** Benches that each commit brings along: run inside its checkout, read from what they print. */
export const commitBenches: readonly CommitBench[] = [
  {
    names: ['registration'],
    directory: 'packages/api',
    args: ['bench/registrations.ts', '0.5'],
    patterns: [32, 256].map((concurrency) =>
      perSecond(
        `registration, ${concurrency} callers`,
        new RegExp(`concurrency ${concurrency} +the service.* (\\d+)/s`),
      ),
    ),
  },
  {
    names: ['draw'],
    directory: 'packages/api',
    args: ['bench/draw-million.ts', '500000'],
    processorFigure: 'draw of 500,000 entries, CPU of the run',
    patterns: [
      { figure: 'draw of 500,000 entries', unit: 's', better: 'lower', value: /seconds +([\d.]+)/ },
      { figure: 'draw, peak memory', unit: 'MB', better: 'lower', value: /memory +([\d.]+) MB/ },
    ],
  },
  {
    names: ['engine', 'draw'],
    directory: 'packages/draw',
    args: ['bench/main.ts', '--cpu'],
    env: { BENCH_MS: '1' },
    patterns: [
      milliseconds('engine, 100 of 1e6, CPU', /strikeOut, Float64Array(?: +[\d.]+){3} +([\d.]+)/i),
      milliseconds('engine, draw() 1e5 of 1e6, CPU', /draw\(\) on a checked list(?: +[\d.]+){4} +([\d.]+)/),
      milliseconds('engine, root of 1e6 entries, CPU', /root with Bun\.SHA256 +([\d.]+)/),
    ],
  },
  {
    names: ['relay', 'consumer'],
    directory: 'apps/analytics-consumer',
    args: ['bench/main.ts', '--share', '0.1'],
    patterns: [
      perSecond('relay, outbox to Kafka', /relay, .*?: ([\d,]+)\/s/),
      perSecond('consumer, Kafka to counts', /consumer, Kafka .*?: ([\d,]+)\/s/),
      perSecond('consumer, outbox to counts', /consumer, outbox .*?: ([\d,]+)\/s/),
      milliseconds('commit to dashboard, outbox, p50', /dashboard at .*outbox: p50 ([\d.]+) ms/),
      milliseconds('commit to dashboard, Kafka, p50', /dashboard at .*Kafka: p50 ([\d.]+) ms/),
    ],
  },
]

/** Runs one of a commit's own benches. @throws when it fails or prints none of the expected figures */
export async function runCommitBench(checkout: Checkout, bench: CommitBench): Promise<Sample[]> {
  const { directory, args, env, processorFigure, patterns } = bench
  const { stdout, processorMs } = await run(
    [process.execPath, ...args],
    join(checkout.directory, directory),
    env,
  )
  const samples = patterns.flatMap(({ figure, unit, better, value }) => {
    const [, text] = value.exec(stdout) ?? []
    return text === undefined ? [] : [{ figure, unit, better, value: Number(text.replaceAll(',', '')) }]
  })
  if (samples.length === 0)
    throw new Error(`${checkout.ref}: no known figure in the output of ${directory}/${args[0]}:\n${stdout}`)
  if (processorFigure !== undefined)
    samples.push({ figure: processorFigure, unit: 'ms', better: 'lower', value: processorMs })
  return samples
}
