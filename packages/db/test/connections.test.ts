import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { type Connection, connect } from '../src/connection/client.ts'
import { acquireLease } from '../src/connection/lease.ts'
import { listen } from '../src/connection/listener.ts'
import { createNotifier } from '../src/connection/notifier.ts'
import { isConnectionError, isDataError, isUnavailable } from '../src/connection/statement-error.ts'
import { openLink } from '../src/connection/statement-link.ts'
import { pause } from '../src/timing/pause.ts'

vi.setConfig({ testTimeout: 60_000 })
const WAIT = { timeout: 30_000, interval: 10 }
let url = ''
let connection: Connection
let drop: () => Promise<void>

beforeAll(async () => {
  const database = await createTestDatabase(inject('postgresUrl'))
  url = database.url
  drop = database.drop
  connection = connect(url, { name: 'test' })
})
afterAll(async () => {
  await connection.close()
  await drop()
})

const terminate = (name: string) => connection.sql`
  select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = ${name}`

test('a link survives a terminated backend and a statement that takes too long', async () => {
  const link = openLink(url, { name: 'a link', timeout: 500 })
  expect(await link.run('select $1::int as n', [1])).toEqual([{ n: 1 }])
  const slow = link.run('select pg_sleep(30)')
  await expect(slow).rejects.toMatchObject({ code: expect.stringMatching(/^(STATEMENT_TIMEOUT|57014)$/) })
  await terminate('a link')
  await vi.waitFor(async () => expect(await link.run('select $1::int as n', [2])).toEqual([{ n: 2 }]), WAIT)
  await link.close()
})

test('a query sees what was committed while it waited, whatever the isolation level of the server', async () => {
  await connection.sql.unsafe(
    `alter database "${new URL(url).pathname.slice(1)}" set default_transaction_isolation = 'repeatable read'`,
  )
  const [link, pool] = [openLink(url), connect(url, { max: 1 })]
  const level = "select current_setting('transaction_isolation') as level"
  expect(await link.run(level)).toEqual([{ level: 'read committed' }])
  expect(await pool.db.transaction((tx) => tx.execute<{ level: string }>(level))).toMatchObject([
    { level: 'read committed' },
  ])
  await Promise.all([link.close(), pool.close()])
})

test('only invalid values are data errors; only a lost connection is a connection error', async () => {
  const link = openLink(url)
  const rejection = await link.run("select 'a'::text::int").catch((error: unknown) => error)
  expect([isDataError(rejection), isConnectionError(rejection)]).toEqual([true, false])
  await link.close()
  for (const code of ['40001', '40P01', '42P01', '55P03']) expect(isDataError({ code })).toBe(false)
  for (const code of ['57P01', '08006', '53300', 'ECONNREFUSED', 'EPIPE', 'CONNECTION_CLOSED'])
    expect([isDataError({ code }), isConnectionError({ code })]).toEqual([false, true])
})

test('a code below another error counts, and an error without a code is neither', () => {
  const wrapped = new Error('Failed query', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) })
  expect([isConnectionError(wrapped), isUnavailable(wrapped)]).toEqual([true, true])
  expect([isConnectionError(new TypeError('x')), isUnavailable(new TypeError('x'))]).toEqual([false, false])
})

test('a statement that timed out or waited for a lock in vain may succeed later', () => {
  for (const code of ['57014', '55P03'])
    expect([isConnectionError({ code }), isUnavailable({ code })]).toEqual([false, true])
  for (const code of ['23505', '42P01', '40P01', 'ERR_INVALID_ARG_TYPE'])
    expect(isUnavailable({ code })).toBe(false)
})

test('a listener reconnects and reports it, because it may have missed notifications', async () => {
  const heard: string[] = []
  let connects = 0
  const listener = listen(url, 'test_channel', {
    name: 'a listener',
    onNotify: (payload) => heard.push(payload),
    onConnect: () => connects++,
  })
  await vi.waitFor(() => expect(connects).toBe(1), WAIT)
  await terminate('a listener')
  await vi.waitFor(() => expect(connects).toBe(2), WAIT)
  await connection.sql`select pg_notify('test_channel', 'here')`
  await vi.waitFor(() => expect(heard).toEqual(['here']), WAIT)
  await listener.close()
})

test('a notifier merges notifications, and sends "everything" when the payload would be too long', async () => {
  const heard: string[] = []
  let connected = false
  const listener = listen(url, 'test_many', {
    onNotify: (payload) => heard.push(payload),
    onConnect: () => {
      connected = true
    },
  })
  await vi.waitFor(() => expect(connected).toBe(true), WAIT)
  const notifier = createNotifier(url, 'test_many')
  for (let n = 0; n < 1_000; n++) notifier.notify([`id-${n % 3}`])
  await vi.waitFor(
    () => expect([...new Set(heard.join().split(','))].sort()).toEqual(['id-0', 'id-1', 'id-2']),
    WAIT,
  )
  // The first is sent at once, the others together 10 ms later.
  expect(heard).toHaveLength(2)
  notifier.notify(Array.from({ length: 300 }, () => crypto.randomUUID()))
  await vi.waitFor(() => expect(heard.at(-1)).toBe(''), WAIT)
  await notifier.close()
  await listener.close()
})

test('a lease has one holder, passes on when its connection ends, and can be abandoned while waiting', async () => {
  const key = 42
  const never = new AbortController()
  const first = await acquireLease(url, key, never.signal, { name: 'first', retryIntervalMs: 20 })
  const waiting = new AbortController()
  const second = acquireLease(url, key, waiting.signal, { name: 'second', retryIntervalMs: 20 })
  const third = acquireLease(url, key, AbortSignal.timeout(200), { name: 'third', retryIntervalMs: 20 })
  expect(await third).toBeNull()
  expect(first?.held).toBe(true)
  await terminate('first')
  await first?.ended
  expect(first?.held).toBe(false)
  const lease = await second
  expect(lease?.held).toBe(true)
  await lease?.release()
  expect(lease?.held).toBe(false)
})

test('a transaction that stops in the middle gives its locks up, and the pool works on', async () => {
  const { sql, close } = connect(url, {
    max: 1,
    limits: { statementMs: 10_000, idleInTransactionMs: 100 },
  })
  const stopped = sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(4711)`
    await pause(400)
    await tx`select 1`
  })
  await expect(stopped).rejects.toSatisfy(isConnectionError)
  expect(await sql`select pg_try_advisory_lock(4711) as free`).toEqual([{ free: true }])
  await close()
})

test('a statement of a request that takes too long is cancelled', async () => {
  const { sql, close } = connect(url, {
    max: 1,
    limits: { statementMs: 100, idleInTransactionMs: 5_000 },
  })
  await expect(sql`select pg_sleep(5)`).rejects.toSatisfy(isUnavailable)
  await close()
})
