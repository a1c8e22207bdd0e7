import { expect, test, vi } from 'vitest'
import { announceDaysAgo } from './support/age-event.ts'
import { fillWithBytes } from './support/fill-with-bytes.ts'
import { endProcess, startJobsProcess } from './support/jobs-process.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

const PEOPLE = 6_000
const WAIT = { timeout: 60_000, interval: 10 }

/** How many people the records of destruction count. */
async function recorded(eventId: string): Promise<number> {
  const [row] = await api.sql`select coalesce(sum(count), 0)::int as people from destruction_records
    where event_id = ${eventId}`
  return row?.people
}

async function stored(eventId: string): Promise<number> {
  const [row] = await api.sql`select count(*)::int as people from participants
    where event_id = ${eventId} and (name is not null or phone_number is not null or application_number is not null)`
  return row?.people
}

test('kill -9 in the middle of a destruction leaves whole batches, and two replicas then do the rest once', {
  timeout: 180_000,
}, async () => {
  const event = await createOpenEvent(owner)
  await fillWithBytes(api.sql, event.id, PEOPLE)
  await announceDaysAgo(api, event.id, 22)

  const first = startJobsProcess(api.url)
  await vi.waitFor(async () => expect(await recorded(event.id)).toBeGreaterThan(PEOPLE / 10), WAIT)
  await endProcess(first, 'SIGKILL')
  expect(first.signalCode).toBe('SIGKILL')
  const left = await vi.waitFor(async () => {
    const [row] = await api.sql`select count(*)::int as statements from pg_stat_activity
      where datname = current_database() and state = 'active' and pid <> pg_backend_pid()`
    expect(row?.statements).toBe(0)
    return stored(event.id)
  }, WAIT)
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThan(PEOPLE)
  expect((await recorded(event.id)) + left).toBe(PEOPLE)

  const replicas = [startJobsProcess(api.url), startJobsProcess(api.url)]
  await vi.waitFor(async () => expect(await stored(event.id)).toBe(0), WAIT)
  expect(await recorded(event.id)).toBe(PEOPLE)
  for (const replica of replicas) {
    expect([replica.exitCode, replica.signalCode], 'it still runs').toEqual([null, null])
    await endProcess(replica, 'SIGTERM')
  }
})
