import { exclusiveEventGate } from '@eungmo/db/connection/advisory-locks'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members: { owner },
} = await startTwoShops()
const clients = postgres(api.url, { max: 10, onnotice: () => undefined })
afterAll(() => clients.end())

/** Holds the gate of an event, as a draw or a redraw does, until the returned function is called. */
async function holdGate(eventId: string): Promise<() => Promise<void>> {
  const sql = await clients.reserve()
  await sql`begin`
  await sql.unsafe(`select ${exclusiveEventGate('$1::uuid')}`, [eventId])
  return async () => {
    await sql`commit`
    sql.release()
  }
}

const enter = (eventId: string, n: number) => api.anonymous.participations.register(entryInput(eventId, n))

test.each([
  ['locked', "status = 'locked'"],
  ['drawn', "status = 'drawn'"],
  ['cancelled', "status = 'cancelled'"],
  ['paused', "paused_at = now(), pause_reason = 'checked'"],
  ['past its end', "ends_at = now() - interval '1 minute'"],
])('an entry for an event that is %s is rejected while its gate is held', async (_, change) => {
  const { id } = await createOpenEvent(api.as(owner))
  await clients.unsafe(`update events set ${change} where id = $1`, [id])
  const release = await holdGate(id)
  try {
    const start = performance.now()
    const error = await enter(id, 1).catch((thrown) => thrown)
    expect(error).toMatchObject({ cause: { code: expect.stringMatching(/^EVENT_|^CONFLICT/) } })
    expect(performance.now() - start).toBeLessThan(900)
  } finally {
    await release()
  }
})

test('entries of other events are accepted while the gates of five events are held', async () => {
  const held = await Promise.all(Array.from({ length: 5 }, () => createOpenEvent(api.as(owner))))
  const other = await createOpenEvent(api.as(owner))
  const releases = await Promise.all(held.map(({ id }) => holdGate(id)))
  // Submitted together, so that the first batches mix them.
  const blocked = held.flatMap(({ id }) => [1, 2, 3].map((n) => enter(id, n).catch((thrown) => thrown)))
  const honest = Array.from({ length: 20 }, (_, n) => enter(other.id, n))
  expect((await Promise.all(honest)).every(({ applicationNumber }) => applicationNumber !== '')).toBe(true)
  // The held events stay contended: they delay what comes later even less.
  const start = performance.now()
  for (let n = 20; n < 25; n++) await enter(other.id, n)
  expect(performance.now() - start).toBeLessThan(3_000)
  for (const release of releases) await release()
  await Promise.all(blocked)
  // Whatever was rejected in time can be sent again, and what was stored is stored once.
  await Promise.all(held.map(({ id }) => enter(id, 4)))
}, 30_000)
