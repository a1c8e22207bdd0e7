import { isReceiptSignature } from '@eungmo/draw/receipts'
import { afterAll, expect, test } from 'vitest'
import type { Member } from '../src/context.ts'
import { createDependencies } from '../src/dependencies.ts'
import { createCaller } from '../src/router.ts'
import type { Caller } from './support/api-fixture.ts'
import { verifiedDraw } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants, entryInput } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const keyOf = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`

const {
  api,
  members,
  callers: { owner },
} = await startTwoShops({ secretKeys: keyOf('k1', 1) })

/** Procedures of another process on the same database, which was never compared with it. */
function processWith(secretKeys: string): { owner: Caller; anonymous: Caller } {
  const { log, publicUrl } = api.dependencies
  const options = { databaseUrl: api.url, secretKeys, publicUrl, log, rateLimit: false }
  const { dependencies, close } = createDependencies(options)
  afterAll(close)
  const as = (viewer: Member | { kind: 'anonymous' }) =>
    createCaller({ ...api.contextOf(viewer), dependencies })
  return { owner: as(members.owner), anonymous: as({ kind: 'anonymous' }) }
}

const wrong = processWith(keyOf('k1', 9))
const later = processWith(keyOf('k2', 2))

const stateOf = async (eventId: string) => {
  const [row] = await api.sql`select status, key_id,
    (select count(*)::int from draw_records where event_id = ${eventId}) as records,
    (select count(*)::int from draw_logs where event_id = ${eventId}) as draws from events where id = ${eventId}`
  return row
}

test('publishing with another secret under a known name is 503 and writes nothing', async () => {
  await createOpenEvent(owner)
  const { id: eventId } = await owner.events.create(eventInput())
  await expectApiError(wrong.owner.events.publish({ eventId }), 'UNAVAILABLE')
  expect(await stateOf(eventId)).toMatchObject({ status: 'draft', records: 0 })
  await owner.events.publish({ eventId })
})

test('locking, cancelling and changing the rules with another secret is 503 and writes nothing', async () => {
  const event = await createOpenEvent(owner)
  const eventId = event.id
  await enterParticipants(api.anonymous, eventId, 4)
  const before = await stateOf(eventId)
  await expectApiError(
    wrong.owner.draws.drawWinners({ eventId, winnerCount: 2, visitBonus: false }),
    'UNAVAILABLE',
  )
  await expectApiError(wrong.owner.events.update({ eventId, alternateCount: 1 }), 'UNAVAILABLE')
  await expectApiError(
    later.owner.draws.drawWinners({ eventId, winnerCount: 2, visitBonus: false }),
    'UNAVAILABLE',
  )
  await expectApiError(wrong.owner.events.cancel({ eventId }), 'UNAVAILABLE')
  expect(await stateOf(eventId)).toEqual(before)

  const drawn = await owner.draws.drawWinners({ eventId, winnerCount: 2, visitBonus: false })
  const { drawLogId } = drawn
  const after = await stateOf(eventId)
  const redraw = { drawLogId, ranks: [1], reason: 'declined' }
  await expectApiError(wrong.owner.draws.redraw(redraw), 'UNAVAILABLE')
  expect(await stateOf(eventId)).toEqual(after)
  await owner.draws.redraw(redraw)
  await verifiedDraw(api, drawLogId)
})

test('an event takes the newest key when it is published', async () => {
  const { id: eventId, slug } = await owner.events.create(eventInput())
  await later.owner.events.publish({ eventId })
  expect(await stateOf(eventId)).toMatchObject({ key_id: 'k2' })
  const entry = await later.anonymous.participations.register(entryInput(eventId, 1))
  const page = await api.anonymous.events.getBySlug({ slug })
  expect(entry.receipt && isReceiptSignature(page.rules?.operatorKey ?? '', entry.receipt)).toBe(true)
})

test('an entry that was tried before the publication is compared under the key of the publication', async () => {
  const both = processWith(`${keyOf('k2', 2)},${keyOf('k1', 1)}`)
  const { id: eventId } = await owner.events.create(eventInput())
  await expectApiError(both.anonymous.participations.register(entryInput(eventId, 1)), 'NOT_FOUND')
  await both.owner.events.publish({ eventId })
  await both.anonymous.participations.register(entryInput(eventId, 1))
  await expectApiError(
    later.anonymous.participations.register(entryInput(eventId, 1)),
    'ALREADY_PARTICIPATED',
  )
})

test('a receipt is read after its key was retired; what needs the key finds nothing', async () => {
  const event = await createOpenEvent(owner)
  const [entry] = await enterParticipants(api.anonymous, event.id, 1)
  if (!entry?.receipt) throw new Error('no receipt')
  const { anonymous } = later
  const check = await anonymous.participations.selfCheck({ eventId: event.id, receipt: entry.receipt })
  expect(check).toMatchObject({ shows: 'list-status', applicationNumber: entry.applicationNumber })
  const { applicationNumber, phoneNumber } = entry
  const proof = { eventId: event.id, applicationNumber, phoneNumber }
  await expectApiError(anonymous.participations.selfCheck(proof), 'NOT_FOUND')
  await expectApiError(anonymous.participations.register(entryInput(event.id, 2)), 'NOT_FOUND')
  const forged = { ...entry.receipt, receipt: { ...entry.receipt.receipt, visited: 1 as const } }
  await expectApiError(
    anonymous.participations.selfCheck({ eventId: event.id, receipt: forged }),
    'VALIDATION_FAILED',
  )
})
