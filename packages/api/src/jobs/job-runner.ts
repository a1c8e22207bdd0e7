import { JOBS_LOCK } from '@eungmo/db/connection/advisory-locks'
import { acquireLease, type Lease } from '@eungmo/db/connection/lease'
import { pause } from '@eungmo/db/timing/pause'
import type { Logger } from '@eungmo/messaging/logging/logger'
import type { Job, JobOutcome } from './job.ts'

export interface JobRunnerOptions {
  databaseUrl: string
  jobs: readonly Job[]
  /** The database's clock. */
  readNow: () => Promise<Date>
  log: Logger
  onOutcome?: (outcome: JobOutcome) => void
  /** Milliseconds between attempts to lead while another process does. Defaults to 500. */
  retryIntervalMs?: number
}

export interface JobRunner {
  /** Lets running jobs finish and gives up the lead. */
  stop(): Promise<void>
}

const MAX_BACKOFF_MS = 60_000

/** The pause before a job's next run: its interval, doubled with each failure in a row up to a minute. */
export function nextRunInMs(everyMs: number, failures: number): number {
  return Math.max(everyMs, Math.min(everyMs * 2 ** failures, MAX_BACKOFF_MS))
}

/**
 * Runs the jobs in the one process of the installation that holds the lease; every other process stands by
 * and takes over when the holder ends. Jobs run side by side, each with its own interval and backoff. Never
 * throws afterwards: whatever fails is logged and repeated.
 */
export function startJobRunner(options: JobRunnerOptions): JobRunner {
  const { databaseUrl, jobs, log, retryIntervalMs = 500 } = options
  const stopping = new AbortController()

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const lease = await acquireLease(databaseUrl, JOBS_LOCK, stopping.signal, {
        name: 'eungmo jobs',
        retryIntervalMs,
        onError: (error) => log.warn({ err: error }, 'Could not try to become the runner of the jobs'),
      })
      if (!lease) return
      log.info({}, 'Running the jobs')
      try {
        const signal = AbortSignal.any([stopping.signal, abortedWhenEnded(lease)])
        await Promise.all(jobs.map((job) => repeat(job, signal, options)))
      } finally {
        await lease.release()
      }
      if (!stopping.signal.aborted) log.warn({}, 'Lost the lease of the jobs')
    }
  }

  const ended = run()
  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

function abortedWhenEnded(lease: Lease): AbortSignal {
  const controller = new AbortController()
  void lease.ended.then(() => controller.abort())
  return controller.signal
}

async function repeat(job: Job, signal: AbortSignal, options: JobRunnerOptions): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    failures = (await runOnce(job, signal, options)) ? 0 : failures + 1
    await pause(nextRunInMs(job.everyMs, failures), signal)
  }
}

/** Resolves with whether the run succeeded. */
async function runOnce(
  job: Job,
  signal: AbortSignal,
  { readNow, log, onOutcome }: JobRunnerOptions,
): Promise<boolean> {
  const start = performance.now()
  let count: number | null = null
  try {
    count = await job.run({ now: await readNow(), signal })
    if (count > 0) log.info({ job: job.name, count }, 'A job did its work')
  } catch (error) {
    if (signal.aborted) log.debug({ err: error, job: job.name }, 'A job ended because it was stopped')
    else log.warn({ err: error, job: job.name }, 'A job failed and is repeated')
  }
  onOutcome?.({ job: job.name, seconds: (performance.now() - start) / 1000, count })
  return count !== null
}
