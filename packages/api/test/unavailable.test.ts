import { BUSY_SQLSTATES, CONNECTION_SQLSTATES } from '@eungmo/db/connection/statement-error'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Member } from '../src/context.ts'
import { type ApiFixture, startApi } from './support/api-fixture.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'

/** Every SQLSTATE of the lists; a class stands for its members in PostgreSQL's manual. */
const members: Record<string, string[]> = {
  '08': ['08000', '08001', '08003', '08004', '08006', '08007', '08P01'],
  '57P': ['57P01', '57P02', '57P03', '57P04', '57P05'],
  53: ['53000', '53100', '53200', '53300', '53400'],
}
const codes = [...CONNECTION_SQLSTATES, ...BUSY_SQLSTATES].flatMap((code) => members[code] ?? [code])

describe('while the database is not available', () => {
  let api: ApiFixture
  let owner: Member
  let eventId: string
  let entries = 0
  beforeAll(async () => {
    api = await startApi(inject('postgresUrl'))
    owner = (await api.createShop()).owner
    eventId = (await createOpenEvent(api.as(owner))).id
  })
  afterAll(() => api.close())

  const enter = () => api.rest('POST', '/participations', { body: entryInput(eventId, ++entries) })
  const createEvent = () => api.rest('POST', '/events', { viewer: owner, body: eventInput() })
  const unavailable = { status: 503, code: 'UNAVAILABLE', retryAfter: expect.stringMatching(/^[1-9]$/) }
  const outcome = ({ status, body, headers }: Awaited<ReturnType<typeof enter>>) => ({
    status,
    code: body.code,
    retryAfter: headers.get('retry-after'),
  })

  test.each([...new Set(codes)])('%s from PostgreSQL is 503 with Retry-After', async (code) => {
    await api.sql.unsafe(`create or replace function fail_event() returns trigger language plpgsql as
      $$ begin raise exception 'the database says no' using errcode = '${code}'; end $$`)
    await api.sql.unsafe('create trigger fail_event before insert on events execute function fail_event()')
    const failed = await createEvent()
    await api.sql.unsafe('drop trigger fail_event on events')
    expect(outcome(failed)).toEqual(unavailable)
    expect((await createEvent()).status).toBe(201)
  })

  test('a database that allows no connections is 503 with Retry-After, and serves again afterwards', async () => {
    const name = new URL(api.url).pathname.slice(1)
    const admin = postgres(inject('postgresUrl'), { max: 1, onnotice: () => undefined })
    try {
      await admin.unsafe(`alter database "${name}" allow_connections false`)
      await admin.unsafe(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
      expect(outcome(await enter())).toEqual(unavailable)
      expect(outcome(await api.rest('GET', `/events/${eventId}`))).toEqual(unavailable)
      await admin.unsafe(`alter database "${name}" allow_connections true`)
      expect((await api.rest('GET', `/events/${eventId}`)).status).toBe(200)
      expect((await enter()).status).toBe(201)
    } finally {
      await admin.unsafe(`alter database "${name}" allow_connections true`)
      await admin.end()
    }
  })
})
