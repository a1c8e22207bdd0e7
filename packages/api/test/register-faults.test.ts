import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLink } from '@eungmo/db/connection/statement-link'
import { startPostgres } from '@eungmo/tooling/postgres/server'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { asDomainError } from '../src/errors/as-domain-error.ts'
import { createRegistrar, type Registrar, type RegistrarOptions } from '../src/participations/registrar.ts'
import { type ApiFixture, startApi } from './support/api-fixture.ts'
import { entryInput, registration } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'

describe('registering', () => {
  let api: ApiFixture
  let eventId: string
  let nextEntry = 1_000
  beforeAll(async () => {
    api = await startApi(inject('postgresUrl'))
    eventId = (await createOpenEvent(api.as((await api.createShop()).owner))).id
  })
  afterAll(() => api.close())

  async function withRegistrar<T>(
    options: Partial<RegistrarOptions>,
    use: (registrar: Registrar) => Promise<T>,
  ): Promise<T> {
    const link = openLink(api.url, { max: 2 })
    const registrar = createRegistrar({
      runner: link,
      keys: api.dependencies.secrets,
      keyOfEvent: async () => api.dependencies.secrets.newest,
      onQueued: () => undefined,
      ...options,
    })
    try {
      return await use(registrar)
    } finally {
      await registrar.close()
      await link.close()
    }
  }

  test('retries with another application number where one is taken, also in the middle of a batch', async () => {
    const numbers = ['AAAA-AAAA', 'CCCC-CCCC', 'AAAA-AAAA', 'DDDD-DDDD', 'AAAA-AAAA', 'EEEE-EEEE']
    let next = 0
    const generateNumber = () => numbers[next++] ?? `ZZZZ-${String(1000 + next)}`
    const results = await withRegistrar({ generateNumber, lanes: 1 }, (registrar) =>
      Promise.all([1, 2, 3, 4].map((n) => registrar.register(registration(eventId, n)))),
    )
    const returned = results.map(({ applicationNumber }) => applicationNumber)
    expect(new Set(returned).size).toBe(4)
    const rows =
      await api.sql`select application_number, entry_id from participants where event_id = ${eventId}`
    expect(rows.map((row) => row.application_number).sort()).toEqual([...returned].sort())
  })

  test('returns the stored entries when the response to a written batch was lost', async () => {
    const link = openLink(api.url)
    let lost = false
    const results = await withRegistrar(
      {
        runner: {
          run: async (query, parameters) => {
            const rows = await link.run(query, parameters)
            if (!lost && query.includes('insert into participants')) {
              lost = true
              throw Object.assign(new Error('connection lost'), { code: 'CONNECTION_CLOSED' })
            }
            return rows as never
          },
        },
      },
      (registrar) => Promise.all([11, 12].map((n) => registrar.register(registration(eventId, n)))),
    )
    await link.close()
    expect(lost).toBe(true)
    for (const { participantId, applicationNumber } of results) {
      const [row] = await api.sql`
        select application_number from participants where event_id = ${eventId} and id = ${participantId}`
      expect(row?.application_number).toBe(applicationNumber)
      const [message] = await api.sql`select 1 from outbox where message_id = ${participantId}`
      expect(message).toBeDefined()
    }
  })

  /** Runs on a link of its own, and counts the statements that insert. */
  async function countingInserts<T>(use: (runner: RegistrarOptions['runner']) => Promise<T>) {
    const link = openLink(api.url)
    let inserts = 0
    try {
      const result = await use({
        run: (query, parameters) => {
          if (query.includes('insert into participants')) inserts += 1
          return link.run(query, parameters)
        },
      })
      return { result, inserts }
    } finally {
      await link.close()
    }
  }

  test.each([
    ['name', 'nul \u0000'],
    ['name', 'half \ud800'],
    ['entryPath', 'SNS\u0000'],
    ['visitToken', '\u0000'],
  ])(
    'a value that the database cannot store fails alone and reaches no statement: %s %j',
    async (field, value) => {
      const { result, inserts } = await countingInserts((runner) =>
        withRegistrar({ runner, lanes: 1 }, (registrar) =>
          Promise.allSettled(
            Array.from({ length: 100 }, (_, n) =>
              registrar.register({
                ...registration(eventId, nextEntry++),
                ...(n % 10 === 5 && { [field]: value }),
              }),
            ),
          ),
        ),
      )
      expect(result.flatMap(({ status }, n) => (status === 'rejected' ? [n % 10] : []))).toEqual(
        Array.from({ length: 10 }, () => 5),
      )
      expect(inserts).toBe(1)
    },
  )

  test('a number that is taken costs the batch one more statement, and the other entries nothing else', async () => {
    const [taken] =
      await api.sql`select application_number from participants where event_id = ${eventId} limit 1`
    let next = 0
    const generateNumber = () => (next++ === 250 ? taken?.application_number : `YYYY-${1_000 + next}`)
    const { result, inserts } = await countingInserts((runner) =>
      withRegistrar({ runner, lanes: 1, generateNumber }, (registrar) =>
        Promise.all(
          Array.from({ length: 500 }, () => registrar.register(registration(eventId, nextEntry++))),
        ),
      ),
    )
    expect(new Set(result.map(({ applicationNumber }) => applicationNumber)).size).toBe(500)
    expect(inserts).toBe(2)
  })

  test('rejects with UNAVAILABLE and the seconds to wait when there is no database', async () => {
    const link = openLink('postgres://nobody@127.0.0.1:1/none', { timeout: 1_000 })
    const error = await withRegistrar({ runner: link, maxWaitMs: 300 }, (registrar) =>
      registrar.register(registration(eventId, 31)).catch(asDomainError),
    )
    await link.close()
    expect(error).toMatchObject({ code: 'UNAVAILABLE', details: { retryAfter: 2 } })
  })
})

describe('while Postgres is restarted', () => {
  test('every accepted entry is stored once, every error is 503, and retries get their first response', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'eungmo-restart-'))
    let server = await startPostgres({ dataDir, settings: { max_connections: 60 } })
    const api = await startApi(server.url)
    try {
      const event = await createOpenEvent(api.as((await api.createShop()).owner))
      const accepted = new Map<number, string>()
      const errorStatuses = new Set<number>()
      let next = 0
      const total = 600
      const clients = Array.from({ length: 32 }, async () => {
        while (next < total) {
          const n = next++
          const headers = { 'Idempotency-Key': crypto.randomUUID() }
          for (;;) {
            const response = await api.rest('POST', '/participations', {
              body: entryInput(event.id, n),
              headers,
            })
            if (response.status === 201) {
              accepted.set(n, response.body.applicationNumber)
              break
            }
            errorStatuses.add(response.status)
          }
        }
      })
      for (const count of [100, 300]) {
        await vi.waitUntil(() => accepted.size >= count, { timeout: 60_000, interval: 1 })
        // An immediate shutdown without a checkpoint, as in a power failure.
        process.kill(server.pid, 'SIGQUIT')
        await server.exited
        server = await startPostgres({ dataDir, port: server.port, settings: { max_connections: 60 } })
      }
      await Promise.all(clients)

      const rows = await api.sql`select application_number from participants where event_id = ${event.id}`
      expect(rows.map((row) => row.application_number).sort()).toEqual([...accepted.values()].sort())
      expect(accepted.size).toBe(total)
      expect([...errorStatuses].filter((status) => status !== 503)).toEqual([])
      const [outbox] = await api.sql`select count(*)::int as count from outbox`
      expect(outbox?.count).toBe(total)
    } finally {
      await api.close()
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    }
  }, 120_000)
})
