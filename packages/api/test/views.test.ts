import { openLink, type StatementLink } from '@eungmo/db/connection/statement-link'
import { MIN_MESSAGE_ID, readOutbox } from '@eungmo/db/queries/outbox'
import { createMigratedDatabase, type MigratedDatabase } from '@eungmo/db/testing/migrated-database'
import { decodeMessage } from '@eungmo/messaging/contract/decode-message'
import type { EntryPageViewed } from '@eungmo/messaging/contract/message'
import type { Logger } from '@eungmo/messaging/logging/logger'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { createViewCounter, type ViewCounterOptions } from '../src/views/view-counter.ts'

const [EVENT, OTHER_EVENT] = ['0190a6f0-0000-7000-8000-000000000001', '0190a6f0-0000-7000-8000-000000000002']
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 KAKAOTALK/11.2.0'
const ANDROID = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36'
/** 20 December 2026, 23:30 in Seoul. */
const EVENING = Date.parse('2026-12-20T14:30:00Z')
const HALF_AN_HOUR_MS = 1_800_000

let database: MigratedDatabase
let reader: StatementLink

beforeAll(async () => {
  database = await createMigratedDatabase(inject('postgresUrl'))
  reader = openLink(database.url)
})
afterAll(async () => {
  await reader.close()
  await database.drop()
})
beforeEach(async () => {
  await database.sql`truncate outbox`
})

/** What waits in the outbox, as the consumer reads it. */
async function queued(): Promise<EntryPageViewed[]> {
  const rows = await readOutbox(reader, 'views', MIN_MESSAGE_ID, 100_000)
  return rows.map(({ messageId, eventType, schemaVersion, key, payload }) => {
    const headers = {
      'message-id': messageId,
      'event-type': eventType,
      'schema-version': String(schemaVersion),
    }
    const raw = { source: 'outbox', topic: null, partition: null, offset: null, outboxId: messageId } as const
    const decoded = decodeMessage({ ...raw, key: Buffer.from(key), value: payload, headers })
    if (!decoded.ok || decoded.message.eventType !== 'EntryPageViewed') throw new Error(`Invalid: ${payload}`)
    expect(key).toBe(decoded.message.payload.eventId)
    return decoded.message.payload
  })
}

const total = async () => (await queued()).reduce((sum, { count }) => sum + count, 0)

function startCounter(options: Partial<ViewCounterOptions> = {}) {
  const counter = createViewCounter({
    link: openLink(database.url),
    log: quietLogger,
    now: () => EVENING,
    ...options,
  })
  onTestFinished(() => counter.close())
  return {
    ...counter,
    view({ eventId = EVENT, source = 'sns', address = '203.0.113.7', agent = IPHONE, ...headers } = {}) {
      const named = new Headers({ 'user-agent': agent, ...headers })
      counter.count({ eventId, source, address, headers: named })
    },
  }
}

describe('a visitor', () => {
  test('counts once however often the page is opened, at the source of the first time', async () => {
    const { view, close } = startCounter()
    for (let times = 0; times < 50; times++) view()
    view({ source: '~direct' })
    view({ eventId: OTHER_EVENT, source: '~direct' })
    await close()
    const hour = '2026-12-20T14:00:00.000Z'
    expect(await queued()).toEqual([
      { eventId: EVENT, channel: 'sns', hour, count: 1 },
      { eventId: OTHER_EVENT, channel: '~direct', hour, count: 1 },
    ])
  })

  test('is a network and a browser: another phone behind the same address counts, another address of one /64 does not', async () => {
    const { view, close } = startCounter()
    view()
    view({ agent: ANDROID })
    view({ address: '203.0.113.8' })
    view({ address: '2001:db8:1:2::1' })
    view({ address: '2001:db8:1:2:ffff::9' })
    view({ address: '2001:db8:1:3::1' })
    await close()
    expect(await queued()).toMatchObject([{ count: 5 }])
  })

  test('counts again on the next day in Seoul, in the hour of the view', async () => {
    let time = EVENING
    const { view, close } = startCounter({ now: () => time })
    view()
    time += HALF_AN_HOUR_MS - 1
    view()
    time += 1
    view()
    await close()
    expect(await queued()).toMatchObject([
      { hour: '2026-12-20T14:00:00.000Z', count: 1 },
      { hour: '2026-12-20T15:00:00.000Z', count: 1 },
    ])
  })

  test('does not count as a program or when a browser loads the page ahead, and counts when it is opened', async () => {
    const { view, close } = startCounter()
    view({ agent: 'facebookexternalhit/1.1; kakaotalk-scrap/1.0' })
    view({ agent: '' })
    view({ 'sec-purpose': 'prefetch' } as object)
    expect(await total()).toBe(0)
    view()
    await close()
    expect(await total()).toBe(1)
  })
})

describe('views', () => {
  test('reach the outbox by themselves, all sums in one statement', async () => {
    let statements = 0
    const link = openLink(database.url)
    const counting: StatementLink = {
      ...link,
      run(query, parameters) {
        statements++
        return link.run(query, parameters)
      },
    }
    const { view } = startCounter({ link: counting, writeIntervalMs: 10 })
    for (let n = 0; n < 200; n++) view({ address: `10.0.0.${n}`, source: `path-${n % 7}` })
    await vi.waitFor(async () => expect(await total()).toBe(200))
    expect(await queued()).toHaveLength(7)
    expect(statements).toBe(1)
  })

  test('of two processes add up', async () => {
    const [first, second] = [startCounter(), startCounter()]
    for (let n = 0; n < 10; n++) first.view({ address: `10.0.1.${n}` })
    for (let n = 0; n < 5; n++) second.view({ address: `10.0.2.${n}` })
    await Promise.all([first.close(), second.close()])
    expect(await total()).toBe(15)
  })

  test('wait while the database fails, and count once where a statement that failed took effect', async () => {
    const link = openLink(database.url)
    const failures = ['before', 'before', 'after', 'after']
    const failing: StatementLink = {
      ...link,
      async run<Row extends object>(query: string, parameters?: Parameters<StatementLink['run']>[1]) {
        const failure = failures.shift()
        if (failure === 'before') throw new Error('The database is away')
        const rows = await link.run<Row>(query, parameters)
        if (failure === 'after') throw new Error('The connection was lost')
        return rows
      },
    }
    const warnings: string[] = []
    const log: Logger = { ...quietLogger, warn: (_, message) => void warnings.push(message ?? '') }
    const { view } = startCounter({ link: failing, log, writeIntervalMs: 5 })
    view()
    await vi.waitFor(() => expect(failures).toEqual([]))
    view({ address: '203.0.113.8' })
    await vi.waitFor(async () => expect(await total()).toBe(2))
    expect(await queued()).toHaveLength(2)
    expect(warnings).toEqual(Array(4).fill('views wait for the database'))
  })

  test('occupy bounded memory while the database is away, and are reported where they are dropped', async () => {
    const link = openLink(database.url)
    let away = true
    const dead: StatementLink = {
      ...link,
      run: (query, parameters) =>
        away ? Promise.reject(new Error('The database is away')) : link.run(query, parameters),
    }
    const warnings: unknown[] = []
    const log: Logger = {
      ...quietLogger,
      warn: (fields, message) => void warnings.push({ ...fields, message }),
    }
    const { view, close } = startCounter({ link: dead, log, writeIntervalMs: 5 })
    const eventIdOf = (n: number) => `0190a6f0-0000-7000-8000-${String(n).padStart(12, '0')}`
    for (let n = 0; n < 10_050; n++) view({ eventId: eventIdOf(n) })
    await vi.waitFor(() =>
      expect(warnings).toContainEqual({
        count: 50,
        message: 'views were dropped while the database was away',
      }),
    )
    view({ eventId: eventIdOf(0), address: '203.0.113.9' })
    away = false
    await close()
    expect(await total()).toBe(10_001)
  })

  test('that cannot be written when the process stops do not keep it from stopping', async () => {
    const link = openLink('postgres://nobody@127.0.0.1:9/none', { timeout: 500 })
    const warnings: string[] = []
    const log: Logger = { ...quietLogger, warn: (_, message) => void warnings.push(message ?? '') }
    const { view, close } = startCounter({ link, log })
    view()
    await close()
    expect(warnings).toEqual(['the last views could not be written'])
  })
})
