import { expect, test } from 'vitest'
import { exportParticipants } from '../src/participants/export-participants.ts'
import { registration } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members: { owner },
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
