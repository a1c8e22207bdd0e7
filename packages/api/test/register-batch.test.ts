import { openLink, type StatementLink } from '@eungmo/db/connection/statement-link'
import { type NewParticipant, registerParticipants } from '@eungmo/db/queries/register-participants'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Member } from '../src/context.ts'
import { type ApiFixture, startApi } from './support/api-fixture.ts'
import { preparedEntry } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'

let api: ApiFixture
let owner: Member
let link: StatementLink

beforeAll(async () => {
  api = await startApi(inject('postgresUrl'))
  owner = (await api.createShop()).owner
  link = openLink(api.url)
})
afterAll(async () => {
  await link.close()
  await api.close()
})

const prepared = (eventId: string, n: number, changes: Partial<NewParticipant> = {}) =>
  preparedEntry(api.dependencies, eventId, n, changes)

test('one statement registers entries of many events and returns one verdict each, in input order', async () => {
  const [open, second, cancelled] = [
    await createOpenEvent(api.as(owner)),
    await createOpenEvent(api.as(owner)),
    await createOpenEvent(api.as(owner)),
  ]
  await api.as(owner).events.cancel({ eventId: cancelled.id })
  const [row] = await link.run<{ token: string }>('select visit_token as token from events where id = $1', [
    second.id,
  ])
  const visitToken = row?.token ?? ''
  const batch = [
    prepared(second.id, 1),
    prepared(open.id, 1),
    prepared(cancelled.id, 1),
    prepared(Bun.randomUUIDv7(), 1),
    prepared(open.id, 2, { entryPath: '모르는 경로' }),
    prepared(open.id, 3, { entryPath: '매장 방문' }),
    prepared(second.id, 4, { entryPath: null, visitToken }),
    prepared(open.id, 4, { entryPath: null, visitToken }),
    prepared(open.id, 5, { visitToken }),
    prepared(open.id, 6, { entryPath: '링고비즈' }),
    prepared(open.id, 7, { consentVersion: 1 }),
    prepared(open.id, 8, { consentVersion: 2 }),
  ]
  const results = await registerParticipants(link, batch)
  expect(results.map(({ verdict, entryPath, visited }) => [verdict, entryPath, visited])).toEqual([
    ['registered', 'SNS', false],
    ['registered', 'SNS', false],
    ['cancelled', 'SNS', false],
    ['unknown-event', 'SNS', false],
    ['unknown-path', '모르는 경로', false],
    ['unknown-path', '매장 방문', false],
    ['registered', '매장 방문', true],
    // The token of another event does not count, so an entry path is required.
    ['unknown-path', null, false],
    ['registered', 'SNS', false],
    ['registered', '링고비즈', false],
    ['registered', 'SNS', false],
    ['consent-changed', 'SNS', false],
  ])
  expect(results[1]?.announcementDate?.toISOString()).toBe(new Date(open.announcementDate).toISOString())
  expect(results[1]?.rulesHash).toMatch(/^[0-9a-f]{64}$/)
  expect(results[0]?.rulesHash).not.toBe(results[1]?.rulesHash)
  expect(results[3]).toMatchObject({ startsAt: null, announcementDate: null, rulesHash: null })

  const stored = await link.run<{ id: string; entryPath: string; visited: boolean }>(
    'select id, entry_path as "entryPath", visited from participants where event_id in ($1, $2, $3) order by id',
    [open.id, second.id, cancelled.id],
  )
  const accepted = batch.flatMap(({ id }, at) => {
    const result = results[at]
    return result?.verdict === 'registered'
      ? [{ id, entryPath: result.entryPath, visited: result.visited }]
      : []
  })
  expect(stored).toEqual(accepted.sort((a, b) => (a.id < b.id ? -1 : 1)))
})

test('a phone number that is in the event or twice in the batch is a duplicate; the others are registered', async () => {
  const { id } = await createOpenEvent(api.as(owner))
  await registerParticipants(link, [prepared(id, 1)])
  const results = await registerParticipants(link, [
    prepared(id, 1),
    prepared(id, 2),
    prepared(id, 2),
    prepared(id, 3),
  ])
  const verdicts = results.map(({ verdict }) => verdict)
  expect(verdicts[0]).toBe('duplicate')
  expect(verdicts.slice(1, 3).sort()).toEqual(['duplicate', 'registered'])
  expect(verdicts[3]).toBe('registered')
  const messages = await link.run("select 1 from outbox where payload ->> 'eventId' = $1", [id])
  expect(messages).toHaveLength(3)
})
