import { consumerEnvironment } from '@eungmo/config/environment'
import { noMetrics } from '@eungmo/messaging/metrics/metrics'
import { writeOutbox } from '@eungmo/messaging/testing/outbox-rows'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { sampleViews } from '@eungmo/messaging/testing/sample-message'
import { afterEach, expect, inject, test, vi } from 'vitest'
import { startConsumer } from '../src/consumer.ts'
import { createCountingDatabase } from './support/counting-database.ts'
import { readCounts, settledCounts } from './support/read-counts.ts'
import { runProgram } from './support/run-program.ts'
import { seedEvent } from './support/seed-event.ts'
import { writeEntries } from './support/write-entries.ts'

const WAIT = { timeout: 45_000, interval: 50 }
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function setUp() {
  const database = await createCountingDatabase(inject('postgresUrl'))
  cleanups.push(() => database.drop())
  const { sql, url } = database
  const eventId = await seedEvent(sql)
  return {
    sql,
    url,
    eventId,
    command: (name: string, ...args: string[]) =>
      runProgram(`commands/${name}.ts`, args, { DATABASE_URL: url }),
  }
}

test('reconcile prints every difference, and rebuild corrects them', async () => {
  const { sql, eventId, command } = await setUp()
  await writeEntries(sql, eventId, 30, { outbox: false })
  expect((await command('rebuild')).out).toContain('30 participants')
  expect(await readCounts(sql)).toEqual(settledCounts(30))
  const agreeing = await command('reconcile')
  expect(agreeing).toMatchObject({ code: 0, error: '' })
  expect(agreeing.out).toContain('No difference.')

  await sql`update analytics.channel_counts set count = count + 2 where entry_path = 'SNS'`
  await sql`delete from analytics.hourly_counts`
  await sql`insert into analytics.event_totals (event_id, total) values (gen_random_uuid(), 3)`
  const differing = await command('reconcile')
  expect(differing.code).toBe(1)
  expect(differing.out).toContain(`event ${eventId}, SNS: 10 expected, 12 counted`)
  expect(differing.out).toMatch(/event \S+, \d{4}-\S+Z: 30 expected, 0 counted/)
  expect(differing.out).toMatch(/event \S+, total: 0 expected, 3 counted/)

  expect((await command('rebuild')).code).toBe(0)
  expect((await command('reconcile')).code).toBe(0)
})

test('rebuild and reconcile leave views as they are, and counted views stay counted once', async () => {
  const { sql, url, eventId, command } = await setUp()
  const consumer = startConsumer(consumerEnvironment.parse({ DATABASE_URL: url }), quietLogger, noMetrics)
  cleanups.push(() => consumer.stop())
  const views = sampleViews({ eventId, count: 12 })
  const readViews = async () => [...(await sql`select count::int from analytics.view_counts`)]
  await writeOutbox(url, [views])
  await writeEntries(sql, eventId, 30)
  await vi.waitFor(async () => expect(await readViews()).toEqual([{ count: 12 }]), WAIT)
  await vi.waitFor(async () => expect((await readCounts(sql)).total).toBe(30), WAIT)
  expect((await command('rebuild')).code).toBe(0)
  expect((await command('reconcile')).code).toBe(0)
  await writeOutbox(url, [views])
  await vi.waitFor(async () => expect((await readCounts(sql)).outbox).toBe(0), WAIT)
  expect(await readViews()).toEqual([{ count: 12 }])
})

test('views that an older consumer could not read are counted when their dead letters are replayed', async () => {
  const { sql, url, eventId, command } = await setUp()
  const views = sampleViews({ eventId, count: 12 })
  await writeOutbox(url, [{ ...views, headers: { ...views.headers, 'event-type': 'Unknown' } }])
  const consumer = startConsumer(consumerEnvironment.parse({ DATABASE_URL: url }), quietLogger, noMetrics)
  cleanups.push(() => consumer.stop())
  await vi.waitFor(async () => expect((await readCounts(sql)).deadLetters).toBe(1), WAIT)
  await sql`update analytics.dead_letters set headers = replace(headers, '"Unknown"', '"EntryPageViewed"')`
  expect((await command('dead-letters', 'replay', '--all')).out).toContain('Counted.')
  expect([...(await sql`select count::int from analytics.view_counts`)]).toEqual([{ count: 12 }])
})

test('an entry that waits to be counted is no difference until it is overdue', async () => {
  const { sql, eventId, command } = await setUp()
  await writeEntries(sql, eventId, 3)
  const fresh = await command('reconcile')
  expect(fresh.code).toBe(0)
  expect(fresh.out).toContain('3 participants, 3 of them not counted yet.')
  await sql`update participants set participated_at = participated_at - interval '2 minutes'`
  const overdue = await command('reconcile')
  expect(overdue.code).toBe(1)
  expect(overdue.out).toContain('3 have waited')
})

test('a rebuild while entries are written and counted leaves exact counts', async () => {
  const { sql, url, eventId, command } = await setUp()
  const consumer = startConsumer(consumerEnvironment.parse({ DATABASE_URL: url }), quietLogger, noMetrics)
  cleanups.push(() => consumer.stop())
  let writing = true
  let written = 0
  const writer = (async () => {
    while (writing) written += (await writeEntries(sql, eventId, 200)).length
  })()
  await vi.waitFor(async () => expect((await readCounts(sql)).total).toBeGreaterThan(0), WAIT)
  for (let round = 0; round < 3; round++) expect((await command('rebuild')).code).toBe(0)
  writing = false
  await writer
  await vi.waitFor(async () => expect(await readCounts(sql)).toEqual(settledCounts(written)), WAIT)
  expect((await command('reconcile')).code).toBe(0)
})

test('a dead letter can be listed, shown, and replayed after its cause was fixed', async () => {
  const { sql, url, eventId, command } = await setUp()
  const [first = '', second = ''] = await writeEntries(sql, eventId, 3)
  await sql`update outbox set event_type = 'Unknown' where message_id in (${first}, ${second})`
  const consumer = startConsumer(consumerEnvironment.parse({ DATABASE_URL: url }), quietLogger, noMetrics)
  cleanups.push(() => consumer.stop())
  await vi.waitFor(
    async () => expect(await readCounts(sql)).toMatchObject({ outbox: 0, total: 1, deadLetters: 2 }),
    WAIT,
  )

  const listed = await command('dead-letters', 'list')
  expect(listed.out).toContain(`outbox/${first}`)
  const [letter] = await sql<
    { id: string }[]
  >`select id from analytics.dead_letters where message_id = ${first}`
  const shown = await command('dead-letters', 'show', letter?.id ?? '')
  expect(shown.out).toContain('Unknown event type "Unknown"')
  expect(shown.out).toContain(eventId)
  const rejected = await command('dead-letters', 'replay', letter?.id ?? '')
  expect(rejected).toMatchObject({ code: 1, out: expect.stringContaining('Still invalid') })

  await sql`update analytics.dead_letters set headers = replace(headers, '"Unknown"', '"ParticipantRegistered"')`
  const replayed = await command('dead-letters', 'replay', letter?.id ?? '')
  expect(replayed).toMatchObject({ code: 0, out: expect.stringContaining('Counted.') })
  expect((await command('dead-letters', 'replay', letter?.id ?? '')).out).toContain('replayed before')
  expect((await command('dead-letters', 'replay', '--all')).code).toBe(0)
  expect(await readCounts(sql)).toEqual(settledCounts(3, 2))
  expect((await command('dead-letters', 'list')).out).toContain('0 dead letters')
})

test('a command reports wrong arguments in one line', async () => {
  const { command } = await setUp()
  expect(await command('dead-letters')).toMatchObject({
    code: 1,
    error: expect.stringMatching(/^Usage: .*\n$/),
  })
  const unknown = await command('dead-letters', 'show', '00000000-0000-7000-8000-000000000000')
  expect(unknown).toMatchObject({ code: 1, error: expect.stringMatching(/^There is no dead letter .*\n$/) })
  const bare = await runProgram('commands/rebuild.ts', [], {})
  expect(bare).toMatchObject({ code: 1, error: expect.stringMatching(/^DATABASE_URL .*\n$/) })
})
