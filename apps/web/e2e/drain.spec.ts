import { createEmptyDatabase } from './support/empty-database.ts'
import { test as base, expect } from './support/fixtures.ts'
import { readiness, startWeb, stopWeb, type Web } from './support/web-process.ts'

const WAIT = { timeout: 30_000 }
const SECRET_KEYS = `k1:${Buffer.alloc(32, 1).toString('base64')}`

const test = base.extend<{ startReadyWeb: (drainSeconds: number) => Promise<Web> }>({
  startReadyWeb: async ({ stack }, use) => {
    const database = await createEmptyDatabase(stack.info.databaseUrl)
    const running: Web[] = []
    await use(async (drainSeconds) => {
      const web = await startWeb({
        DATABASE_URL: database.url,
        SECRET_KEYS,
        DRAIN_SECONDS: String(drainSeconds),
      })
      running.push(web)
      await expect.poll(() => readiness(web), WAIT).toEqual({ status: 200, ready: true })
      return web
    })
    for (const web of running) await stopWeb(web)
    await database.drop()
  },
})

for (const second of ['SIGINT', 'SIGTERM'] as const) {
  test(`while web drains it is not ready and still serves, and a ${second} ends it`, async ({
    startReadyWeb,
  }) => {
    const web = await startReadyWeb(600)
    const paths = ['/login', '/favicon.svg', '//login', `/api/v1/events/${crypto.randomUUID()}`]
    const responses = () => Promise.all(paths.map((path) => fetch(web.origin + path, { redirect: 'manual' })))
    for (const response of await responses())
      expect(response.headers.get('connection'), response.url).not.toBe('close')

    web.child.kill('SIGTERM')
    await expect.poll(() => readiness(web), WAIT).toEqual({ status: 503, ready: false, failed: ['stopping'] })
    const draining = await responses()
    expect(draining.map(({ status }) => status)).toEqual([200, 200, 308, 404])
    for (const response of draining) expect(response.headers.get('connection'), response.url).toBe('close')

    web.child.kill(second)
    expect(await web.exited).toEqual([0, null])
  })
}

test('a drain ends by itself', async ({ startReadyWeb }) => {
  const web = await startReadyWeb(1)
  const start = performance.now()
  web.child.kill('SIGTERM')
  expect(await web.exited).toEqual([0, null])
  expect(performance.now() - start).toBeGreaterThan(1_000)
})

test('SIGINT stops web without a drain', async ({ startReadyWeb }) => {
  const web = await startReadyWeb(600)
  web.child.kill('SIGINT')
  expect(await web.exited).toEqual([0, null])
})
