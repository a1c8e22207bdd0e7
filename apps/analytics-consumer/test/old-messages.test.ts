import { openLink } from '@eungmo/db/connection/statement-link'
import { rebuildAnalytics } from '@eungmo/db/queries/analytics-rebuild'
import { listDeadLetters } from '@eungmo/db/queries/dead-letters'
import { maintainPartitions } from '@eungmo/db/queries/processed-messages'
import type { RawMessage } from '@eungmo/messaging/contract/message-source'
import { noMetrics } from '@eungmo/messaging/metrics/metrics'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { sampleMessage } from '@eungmo/messaging/testing/sample-message'
import { randomUUIDv7 } from 'bun'
import { expect, inject, onTestFinished, test } from 'vitest'
import { createCountHandler } from '../src/count-batch.ts'
import { replayDeadLetter } from '../src/dead-letters.ts'
import { createCountingDatabase } from './support/counting-database.ts'
import { readCounts } from './support/read-counts.ts'
import { seedEvent } from './support/seed-event.ts'
import { writeEntries } from './support/write-entries.ts'

const WEEK_MS = 7 * 24 * 60 * 60 * 1000

test('a topic that is read again after the stored ids expired changes no count, and rebuild settles its messages', async () => {
  const { sql, url, drop } = await createCountingDatabase(inject('postgresUrl'))
  onTestFinished(drop)
  const link = openLink(url)
  onTestFinished(() => link.close())
  const eventId = await seedEvent(sql)
  const ids = await writeEntries(sql, eventId, 300, { outbox: false })
  const messages = ids.map((id, offset) => fromTopic(id, eventId, offset))
  const handle = createCountHandler({
    link,
    log: quietLogger,
    metrics: noMetrics,
    onCounted: () => undefined,
  })
  const deliver = (batch: RawMessage[]) =>
    handle({ messages: batch, keepAlive: async () => undefined, isActive: () => true })
  await deliver(messages)
  expect(await readCounts(sql)).toMatchObject({ total: 300, deadLetters: 0 })

  const future = Date.now() + 20 * WEEK_MS
  await maintainPartitions(sql, future - 2 * WEEK_MS)
  expect((await maintainPartitions(sql, future)).dropped).not.toEqual([])
  const recent = fromTopic(randomUUIDv7('hex', future), eventId, 300)
  await deliver([...messages, recent])
  await deliver([...messages, recent])
  expect(await readCounts(sql)).toMatchObject({ total: 301, channels: 301, hourly: 301, deadLetters: 300 })

  const [letter] = await listDeadLetters(link, { limit: 1, replayed: false })
  if (!letter) throw new Error('There is no dead letter')
  expect(await replayDeadLetter(link, letter)).toEqual({
    ok: false,
    text: expect.stringContaining('bun run rebuild'),
  })
  await rebuildAnalytics(sql, future)
  expect(await readCounts(sql)).toMatchObject({ total: 300, channels: 300, hourly: 300 })
  expect(await listDeadLetters(link, { limit: 1, replayed: false })).toEqual([])
})

function fromTopic(participantId: string, eventId: string, offset: number): RawMessage {
  const { key, value, headers } = sampleMessage({ participantId, eventId })
  return {
    source: 'kafka',
    topic: 'participant-events',
    partition: 0,
    offset: String(offset),
    outboxId: null,
    key: Buffer.from(key),
    value,
    headers,
  }
}
