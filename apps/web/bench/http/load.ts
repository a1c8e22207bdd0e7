import { join } from 'node:path'
import { run } from '@eungmo/tooling/bench/checkout'
import type { Measurement } from '@eungmo/tooling/bench/http-report'
import { ROOT } from '@eungmo/tooling/repository'
import { z } from 'zod'
import type { LoadJob, LoadResult } from '../../../../bench/load-job.ts'
import { peakMemoryMb, resetPeakMemory } from './peak-memory.ts'
import type { Path, Target } from './target.ts'

/** The load client and the peers, with dependencies of their own. */
export const BENCH_DIRECTORY = join(ROOT, 'bench')

const FIRST_NUMBER = 20_000_000

const loadResult: z.ZodType<LoadResult> = z.object({
  perSecond: z.number().positive(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  requests: z.number().positive(),
  sent: z.number(),
  wrong: z.number(),
  firstWrong: z.string().nullable(),
  samples: z.array(z.string()),
})

/** Builds the product, installs the load client and the peers from their lockfile, and checks their types. */
export async function prepare(): Promise<void> {
  const env = { TURBO_TELEMETRY_DISABLED: '1' }
  await run([join(ROOT, 'node_modules/.bin/turbo'), 'run', 'build'], ROOT, env)
  await run([process.execPath, 'install', '--frozen-lockfile'], BENCH_DIRECTORY)
  await run([process.execPath, 'run', 'check'], BENCH_DIRECTORY)
}

/** Runs the load client in a process of its own. */
export async function runLoadJob(job: LoadJob): Promise<LoadResult> {
  const { stdout } = await run([process.execPath, 'load.ts', JSON.stringify(job)], BENCH_DIRECTORY)
  return loadResult.parse(JSON.parse(stdout))
}

let nextNumber = FIRST_NUMBER

/** Puts a target under load for so many seconds. @throws when a response or a receipt was not as expected */
export async function measure(target: Target, path: Path, seconds: number): Promise<Measurement> {
  const { name, connections } = path
  const job: LoadJob = { ...target.job(name), connections, seconds, firstNumber: nextNumber }
  resetPeakMemory(target.serverPid)
  const before = target.processorMs()
  const result = await runLoadJob(job)
  const after = target.processorMs()
  const { perSecond, p50Ms, p99Ms, requests, sent, wrong, firstWrong, samples } = result
  nextNumber += sent
  const memoryMb = peakMemoryMb(target.serverPid)
  if (wrong > 0 || firstWrong !== null)
    throw new Error(`${target.name}, ${name}: ${wrong} of ${requests} responses were wrong: ${firstWrong}`)
  if (job.receipts && job.kind !== 'get' && samples.length === 0)
    throw new Error(`${target.name}, ${name}: no receipt was returned for verification.`)
  await target.checkSamples(name, samples)
  const processorMs = before === null || after === null ? null : (after - before) / requests
  return { perSecond, p50Ms, p99Ms, processorMs, memoryMb, verified: samples.length }
}
