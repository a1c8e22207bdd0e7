import {
  openLink,
  type StatementLink,
  type StatementRunner,
  StatementTimeout,
} from '@eungmo/db/connection/statement-link'
import type { MigratedDatabase } from '@eungmo/db/testing/migrated-database'
import type { EntryPageViewed } from '@eungmo/messaging/contract/message'
import type { RawMessage, SourceBatch } from '@eungmo/messaging/contract/message-source'
import { noMetrics } from '@eungmo/messaging/metrics/metrics'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { SAMPLE_EVENT_ID, sampleMessage, sampleViews } from '@eungmo/messaging/testing/sample-message'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { createCountHandler } from '../src/count-batch.ts'
import { createCountingDatabase } from './support/counting-database.ts'
import { readCounts } from './support/read-counts.ts'

let database: MigratedDatabase
let link: StatementLink

beforeAll(async () => {
  database = await createCountingDatabase(inject('postgresUrl'))
  link = openLink(database.url, { max: 4 })
})
afterAll(async () => {
  await link.close()
  await database.drop()
})
beforeEach(async () => {
  await database.sql`truncate analytics.event_totals, analytics.channel_counts, analytics.hourly_counts,
    analytics.view_counts, analytics.processed_messages, analytics.dead_letters, outbox`
})

let nextOffset = 0
function message(entryPath = 'SNS', timestamp = '2026-11-01T09:30:00.000+09:00'): RawMessage {
  const { key, value, headers } = sampleMessage({ entryPath, timestamp })
  return {
    source: 'kafka',
    topic: 'participant-events',
    partition: 1,
    offset: String(nextOffset++),
    outboxId: null,
    key: Buffer.from(key),
    value,
    headers,
  }
}

function viewsMessage(payload: Partial<EntryPageViewed> = {}): RawMessage {
  const { key, value, headers } = sampleViews(payload)
  return { ...message(), topic: 'entry-page-views', key: Buffer.from(key), value, headers }
}

const readViews = async () => [
  ...(await database.sql`select source, hour, count::int from analytics.view_counts order by source, hour`),
]

function toBatch(messages: RawMessage[]): SourceBatch {
  return { messages, keepAlive: async () => undefined, isActive: () => true }
}

function createHandler(runner: StatementRunner, onCounted: (eventIds: string[]) => void = () => undefined) {
  return createCountHandler({ link: runner, onCounted, log: quietLogger, metrics: noMetrics })
}

const readSums = async () => {
  const { total, channels, hourly, processed, deadLetters } = await readCounts(database.sql)
  return [total, channels, hourly, processed, deadLetters]
}

describe('the count handler', () => {
  test('counts by event, channel and hour, and reports which events changed', async () => {
    const changed: string[][] = []
    const handler = createHandler(link, (eventIds) => changed.push(eventIds))
    const messages = [
      message('SNS', '2026-11-01T09:59:59.999+09:00'),
      message('SNS', '2026-11-01T10:00:00.000+09:00'),
      message('우리동네TV', '2026-11-01T01:00:00.000Z'),
    ]
    expect(await handler(toBatch(messages))).toBe(true)
    expect(changed).toEqual([[SAMPLE_EVENT_ID]])
    const hours =
      await database.sql`select hour = '2026-11-01T00:00Z' as first, count::int from analytics.hourly_counts order by hour`
    expect([...hours]).toEqual([
      { first: true, count: 1 },
      { first: false, count: 2 },
    ])
    const channels =
      await database.sql`select entry_path, count::int from analytics.channel_counts order by count`
    expect([...channels]).toEqual([
      { entry_path: '우리동네TV', count: 1 },
      { entry_path: 'SNS', count: 2 },
    ])
  })

  test('counts a message once that arrives twice in a batch, in several batches or concurrently', async () => {
    const messages = Array.from({ length: 2_000 }, () => message())
    const handler = createHandler(link)
    const shuffled = [...messages].reverse()
    await Promise.all([
      handler(toBatch([...messages, ...messages.slice(0, 500)])),
      handler(toBatch(shuffled)),
      handler(toBatch(messages.slice(700))),
    ])
    await handler(toBatch(messages))
    expect(await readSums()).toEqual([2_000, 2_000, 2_000, 2_000, 0])
  })

  test('stores exactly the invalid messages as dead letters, once, with payload, cause and position', async () => {
    const good = Array.from({ length: 300 }, () => message())
    const nul = { ...message('a\0b'), offset: '4711' }
    const garbage = { ...message(), value: Buffer.from([0xff, 0x00, 0x7b]), offset: '4712' }
    const tombstone = { ...message(), value: null }
    const unknown = { ...message(), headers: { ...message().headers, 'event-type': 'VisitAdded' } }
    const oversize = { ...message(), value: Buffer.alloc(100_000, 32) }
    const all = [...good, nul, garbage, tombstone, unknown, oversize]
    const handler = createHandler(link)
    expect(await handler(toBatch(all))).toBe(true)
    expect(await handler(toBatch(all))).toBe(true)
    expect(await readSums()).toEqual([300, 300, 300, 300, 5])
    const letters = await database.sql`
      select "offset"::int, partition, topic, cause, value from analytics.dead_letters
      where "offset" in (4711, 4712) order by "offset"`
    expect(letters[0]).toMatchObject({ partition: 1, topic: 'participant-events', offset: 4711 })
    expect(letters[0]?.cause).toContain('PostgreSQL rejected it')
    expect(letters[0]?.value.toString()).toBe(nul.value)
    expect(letters[1]?.cause).toContain('not JSON')
    expect([...(letters[1]?.value ?? [])]).toEqual([0xff, 0x00, 0x7b])
  })

  test('sums views by source and hour, each message once however often it is delivered', async () => {
    const changed: string[][] = []
    const handler = createHandler(link, (eventIds) => changed.push(eventIds))
    const messages = [
      viewsMessage({ count: 3 }),
      viewsMessage({ count: 4 }),
      viewsMessage({ count: 5, hour: '2026-11-01T10:00:00.000Z' }),
      viewsMessage({ count: 6, channel: '~direct' }),
    ]
    await handler(toBatch([...messages, message()]))
    await Promise.all([
      handler(toBatch([...messages, ...messages])),
      handler(toBatch([...messages].reverse())),
    ])
    const [nine, ten] = ['2026-11-01 09:00:00+00', '2026-11-01 10:00:00+00']
    expect(await readViews()).toEqual([
      { source: 'sns', hour: nine, count: 7 },
      { source: 'sns', hour: ten, count: 5 },
      { source: '~direct', hour: nine, count: 6 },
    ])
    expect(await readSums()).toEqual([1, 1, 1, 5, 0])
    expect(changed).toEqual([[SAMPLE_EVENT_ID]])
  })

  test('views that an older relay published to the topic of entries are counted', async () => {
    const views = { ...viewsMessage({ count: 9 }), topic: 'participant-events' }
    expect(await createHandler(link)(toBatch([message(), views]))).toBe(true)
    expect(await readViews()).toMatchObject([{ count: 9 }])
    expect(await readSums()).toEqual([1, 1, 1, 2, 0])
  })

  test('invalid views become dead letters and stop neither other views nor entries', async () => {
    const broken = [
      viewsMessage({ count: -1 }),
      { ...viewsMessage(), headers: { ...viewsMessage().headers, 'message-id': 'x' } },
    ]
    expect(await createHandler(link)(toBatch([...broken, message(), viewsMessage()]))).toBe(true)
    expect(await readViews()).toMatchObject([{ count: 3 }])
    expect(await readSums()).toEqual([1, 1, 1, 2, 2])
  })

  test('views are counted in smaller parts when a batch exceeds the time limit', async () => {
    const slow: StatementRunner = {
      run(query, parameters) {
        if (String(parameters?.[0]).split(',').length > 10)
          return Promise.reject(new StatementTimeout('too slow'))
        return link.run(query, parameters)
      },
    }
    const batch = toBatch(Array.from({ length: 50 }, () => viewsMessage({ count: 2 })))
    expect(await createHandler(slow)(batch)).toBe(true)
    expect(await readViews()).toMatchObject([{ count: 100 }])
  })

  test('a database that fails for other reasons only delays the batch', async () => {
    const codes = ['CONNECTION_CLOSED', '40P01', '57P01', '40001', 'STATEMENT_TIMEOUT', '42P01']
    const failing: StatementRunner = {
      async run<Row extends object>(query: string, parameters: Parameters<StatementRunner['run']>[1]) {
        const code = codes.shift()
        if (code) throw Object.assign(new Error(code), { code })
        return await link.run<Row>(query, parameters)
      },
    }
    expect(await createHandler(failing)(toBatch([message(), message()]))).toBe(true)
    expect(codes).toEqual([])
    expect(await readSums()).toEqual([2, 2, 2, 2, 0])
  })

  test('abandons a batch that is no longer active while the database fails', async () => {
    const dead: StatementRunner = {
      run: () => Promise.reject(Object.assign(new Error('x'), { code: 'CONNECTION_CLOSED' })),
    }
    const batch = { ...toBatch([message()]), isActive: () => false }
    expect(await createHandler(dead)(batch)).toBe(false)
  })

  test("rejects with the source's own error while a statement hangs", async () => {
    const hanging: StatementRunner = { run: () => new Promise(() => undefined) }
    const lost = new Error('rebalancing')
    const batch = { ...toBatch([message()]), keepAlive: () => Promise.reject(lost) }
    await expect(createHandler(hanging)(batch)).rejects.toBe(lost)
  })

  test('rows of the outbox are deleted when they are counted or stored as dead letters', async () => {
    const good = message()
    const bad = { ...message(), value: '[]' }
    const rows = [good, bad].map((raw) => ({
      ...raw,
      source: 'outbox' as const,
      outboxId: raw.headers['message-id'] ?? '',
    }))
    for (const { outboxId, value } of rows)
      await database.sql`insert into outbox (message_id, event_type, schema_version, key, payload)
        values (${outboxId}, 'ParticipantRegistered', 1, ${outboxId}, ${String(value)}::text::jsonb)`
    expect(await createHandler(link)(toBatch(rows))).toBe(true)
    expect(await readSums()).toEqual([1, 1, 1, 1, 1])
    expect((await readCounts(database.sql)).outbox).toBe(0)
  })

  test('counts a batch in smaller parts when it exceeds the time limit', async () => {
    const slow: StatementRunner = {
      run(query, parameters) {
        const ids = String(parameters?.[0]).split(',').length
        if (ids > 10) return Promise.reject(new StatementTimeout('too slow'))
        return link.run(query, parameters)
      },
    }
    const handler = createHandler(slow)
    expect(await handler(toBatch(Array.from({ length: 50 }, () => message())))).toBe(true)
    expect(await readSums()).toEqual([50, 50, 50, 50, 0])
  })
})
