import { fileURLToPath } from 'node:url'
import { freePort } from '@eungmo/tooling/free-port'
import { expect, inject, test, vi } from 'vitest'
import { createCountingDatabase } from './support/counting-database.ts'
import { readCounts, settledCounts } from './support/read-counts.ts'
import { runProgram } from './support/run-program.ts'
import { seedEvent } from './support/seed-event.ts'
import { writeEntries } from './support/write-entries.ts'

test.each([
  [{}, /^analytics-consumer: DATABASE_URL .*\n$/],
  [{ DATABASE_URL: 'mysql://x' }, /^analytics-consumer: DATABASE_URL .*\n$/],
  [{ DATABASE_URL: 'postgres://x/y', METRICS_PORT: 'no' }, /^analytics-consumer: METRICS_PORT .*\n$/],
])('an invalid environment ends the process with one line: %j', async (variables, line) => {
  const ended = await runProgram('main.ts', [], variables)
  expect(ended).toMatchObject({ code: 1, out: '' })
  expect(ended.error).toMatch(line)
})

test('the process serves health and metrics, counts, and exits with 0 on SIGTERM', async () => {
  const { url, sql, drop } = await createCountingDatabase(inject('postgresUrl'))
  const port = await freePort()
  const child = Bun.spawn([process.execPath, fileURLToPath(new URL('../src/main.ts', import.meta.url))], {
    env: { PATH: process.env.PATH, DATABASE_URL: url, METRICS_PORT: String(port) },
    stdout: 'ignore',
    stderr: 'inherit',
  })
  try {
    const get = async (path: string) => await fetch(`http://127.0.0.1:${port}${path}`)
    await vi.waitFor(async () => expect((await get('/readyz')).status).toBe(200), {
      timeout: 20_000,
      interval: 50,
    })
    await writeEntries(sql, await seedEvent(sql), 40)
    await vi.waitFor(async () => expect(await readCounts(sql)).toEqual(settledCounts(40)), {
      timeout: 20_000,
      interval: 50,
    })
    const metrics = await (await get('/metrics')).text()
    expect(metrics).toContain('eungmo_consumer_messages_total 40')
    expect(metrics).toContain('eungmo_outbox_leader 1')
    expect((await get('/healthz')).status).toBe(200)
    child.kill('SIGTERM')
    expect(await child.exited).toBe(0)
  } finally {
    child.kill('SIGKILL')
    await drop()
  }
})
