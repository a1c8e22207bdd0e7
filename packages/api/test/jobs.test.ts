import { fileURLToPath } from 'node:url'
import { readClock } from '@eungmo/db/queries/clock'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest'
import type { Job, JobOutcome } from '../src/jobs/job.ts'
import { type JobRunner, startJobRunner } from '../src/jobs/job-runner.ts'
import { type ApiFixture, startApi } from './support/api-fixture.ts'

const WAIT = { timeout: 20_000, interval: 20 }

let api: ApiFixture
const runners: JobRunner[] = []

beforeAll(async () => {
  api = await startApi(inject('postgresUrl'))
})
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()))
})
afterAll(() => api.close())

function start(jobs: readonly Job[], onOutcome?: (outcome: JobOutcome) => void): JobRunner {
  const runner = startJobRunner({
    databaseUrl: api.url,
    jobs,
    readNow: () => readClock(api.dependencies.db),
    log: quietLogger,
    retryIntervalMs: 20,
    ...(onOutcome && { onOutcome }),
  })
  runners.push(runner)
  return runner
}

/** A job that counts its runs. */
function counting(name = 'counting', everyMs = 10) {
  const runs: Date[] = []
  const job: Job = {
    name,
    everyMs,
    run: async ({ now }) => runs.push(now),
  }
  return { job, runs }
}

test('of two runners one runs the jobs, and the other takes over when it stops', async () => {
  const [first, second] = [counting(), counting()]
  const holder = start([first.job])
  await vi.waitFor(() => expect(first.runs.length).toBeGreaterThan(0), WAIT)
  start([second.job])
  const before = first.runs.length
  await vi.waitFor(() => expect(first.runs.length).toBeGreaterThan(before + 10), WAIT)
  expect(second.runs).toEqual([])

  await holder.stop()
  const atStop = first.runs.length
  await vi.waitFor(() => expect(second.runs.length).toBeGreaterThan(1), WAIT)
  expect(first.runs.length).toBe(atStop)
})

test('a run’s `now` is the database’s clock', async () => {
  const { job, runs } = counting()
  const before = await readClock(api.dependencies.db)
  start([job])
  await vi.waitFor(() => expect(runs.length).toBeGreaterThan(1), WAIT)
  const [now = new Date(0)] = runs
  expect(now.getTime()).toBeGreaterThanOrEqual(before.getTime())
  expect(now.getTime()).toBeLessThanOrEqual((await readClock(api.dependencies.db)).getTime())
})

test('a runner whose process is killed is replaced by another', async () => {
  const child = Bun.spawn(
    [process.execPath, fileURLToPath(new URL('../src/jobs/main.ts', import.meta.url))],
    {
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: api.url,
        SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
        LOG_LEVEL: 'warn',
      },
      stdout: 'inherit',
      stderr: 'inherit',
    },
  )
  try {
    await vi.waitFor(async () => expect(await holders()).toBe(1), WAIT)
    const { job, runs } = counting()
    start([job])
    await vi.waitFor(async () => expect(await connections()).toBe(2), WAIT)
    expect(runs).toEqual([])
    child.kill('SIGKILL')
    await vi.waitFor(() => expect(runs.length).toBeGreaterThan(0), WAIT)
  } finally {
    child.kill('SIGKILL')
  }
})

test('a runner that loses its connection stops its job and lets another take over', async () => {
  let aborted = false
  const stuck: Job = {
    name: 'stuck',
    everyMs: 10,
    run: ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted = true
          resolve(0)
        })
      }),
  }
  start([stuck])
  await vi.waitFor(async () => expect(await holders()).toBe(1), WAIT)
  const { job, runs } = counting()
  start([job])
  await vi.waitFor(async () => expect(await connections()).toBe(2), WAIT)
  await api.sql`
    select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and application_name = 'eungmo jobs' and granted
      and database = (select oid from pg_database where datname = current_database())`
  await vi.waitFor(() => expect(aborted).toBe(true), WAIT)
  // Either may be the next holder; the counting one is, as soon as it is the only one left.
  await runners[0]?.stop()
  await vi.waitFor(() => expect(runs.length).toBeGreaterThan(0), WAIT)
})

test('a failing job backs off and is reported; the others continue', async () => {
  const outcomes: JobOutcome[] = []
  let attempts = 0
  const failing: Job = {
    name: 'failing',
    everyMs: 40,
    run: async () => {
      attempts++
      throw new Error('no relay has the round')
    },
  }
  const { job, runs } = counting('healthy', 10)
  start([failing, job], (outcome) => outcomes.push(outcome))
  await vi.waitFor(() => expect(attempts).toBe(3), WAIT)
  // Pauses of 80 and 160 ms lie between three attempts: the healthy job ran often meanwhile.
  expect(runs.length).toBeGreaterThan(attempts)
  const failures = outcomes.filter((outcome) => outcome.job === 'failing')
  expect(failures[0]).toEqual({ job: 'failing', seconds: expect.any(Number), count: null })
  expect(outcomes.find((outcome) => outcome.job === 'healthy')?.count).toBe(1)
})

test('stopping waits for the running job', async () => {
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  let finished = false
  const slow: Job = {
    name: 'slow',
    everyMs: 10,
    async run({ signal }) {
      begun.resolve()
      await release.promise
      finished = signal.aborted
      return 1
    },
  }
  const runner = start([slow])
  await begun.promise
  const stopped = runner.stop().then(() => finished)
  release.resolve()
  expect(await stopped).toBe(true)
})

async function holders(): Promise<number> {
  const [row] = await api.sql<{ count: number }[]>`
    select count(*)::int as count from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and application_name = 'eungmo jobs' and granted
      and database = (select oid from pg_database where datname = current_database())`
  return row?.count ?? 0
}

async function connections(): Promise<number> {
  const [row] = await api.sql<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where application_name = 'eungmo jobs' and datname = current_database()`
  return row?.count ?? 0
}
