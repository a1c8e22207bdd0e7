import { pause } from '@eungmo/db/timing/pause'
import { describe, expect, test } from 'vitest'
import type { Context, Member, Viewer } from '../src/context.ts'
import { RIGHTS_CHECK_INTERVAL_MS } from '../src/csv/stream-csv.ts'
import { exportParticipants } from '../src/participants/export-participants.ts'
import { registration } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members: { owner, stranger },
  callers,
} = await startTwoShops({ maxConnections: 1 })

const COUNT = 1_000
const { id: eventId } = await createOpenEvent(callers.owner)
await Promise.all(
  Array.from({ length: COUNT }, (_, n) => api.dependencies.registrar.register(registration(eventId, n))),
)

test('an export whose reader pauses holds no connection, and continues afterwards', async () => {
  const { chunks } = await exportParticipants(api.contextOf(owner), eventId, { purpose: '당첨자 연락' })
  const parts = [await chunks.next(), await chunks.next()]
  // There is one connection: this would wait for it.
  expect((await callers.owner.participants.list({ eventId, limit: 1 })).items).toHaveLength(1)
  for await (const chunk of chunks) {
    parts.push({ done: false, value: chunk })
    await callers.owner.participants.list({ eventId, limit: 1 })
  }
  const lines = parts.map(({ value }) => value).join('')
  expect(lines.split('\r\n')).toHaveLength(COUNT + 2)
})

test('an export whose reader is gone reads no further', async () => {
  const { chunks } = await exportParticipants(api.contextOf(owner), eventId, { purpose: '당첨자 연락' })
  await chunks.next()
  await chunks.return(undefined)
  expect(await chunks.next()).toMatchObject({ done: true })
})

describe('an export whose reader loses the right to it breaks off within a second', () => {
  const key: Member = {
    ...owner,
    via: 'api-key',
    apiKeyId: Bun.randomUUIDv7(),
    scopes: ['participants:export'],
  }
  const losses: [string, Member, Viewer, string][] = [
    ['the session ends', owner, { kind: 'anonymous' }, 'UNAUTHENTICATED'],
    ['an owner becomes staff', owner, { ...owner, role: 'staff' }, 'FORBIDDEN'],
    [
      'the browser signs in as another owner',
      owner,
      { ...owner, userId: Bun.randomUUIDv7() },
      'UNAUTHENTICATED',
    ],
    ['the owner switches to another shop', owner, { ...owner, shopId: stranger.shopId }, 'UNAUTHENTICATED'],
    ['the key is revoked', key, { kind: 'anonymous' }, 'UNAUTHENTICATED'],
    ['the key loses the scope', key, { ...key, scopes: ['events:write'] }, 'FORBIDDEN'],
  ]
  const files = [
    ['participants', (context: Context) => exportParticipants(context, eventId, { purpose: '당첨자 연락' })],
  ] as const

  test.each(losses)('because %s', async (_, before, after, code) => {
    for (const [, open] of files) {
      let current: Viewer = before
      const { chunks } = await open(api.contextOf(before, { currentViewer: async () => current }))
      await chunks.next()
      await chunks.next()
      current = after
      await pause(RIGHTS_CHECK_INTERVAL_MS)
      await expect(chunks.next()).rejects.toMatchObject({ code })
      expect(await chunks.next()).toMatchObject({ done: true })
    }
  })

  test('and the line of the export stands', async () => {
    const lines = await api.sql`
      select people from access_log where event_id = ${eventId} and action = 'export-participants'`
    expect(lines.length).toBeGreaterThanOrEqual(losses.length)
    for (const { people } of lines) expect(people).toBe(COUNT)
  })
})
