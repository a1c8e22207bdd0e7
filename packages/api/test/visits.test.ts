import { expect, test } from 'vitest'
import type { Caller } from './support/api-fixture.ts'
import { drawNow, verifiedDraw } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { untilLockWait } from './support/lock-waits.ts'
import { enterParticipants, entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'
import { withdraw } from './support/withdrawals.ts'

const {
  api,
  callers: { owner, staff, stranger },
} = await startTwoShops()

/** An open event with one entry whose visit staff has marked. */
async function createMarked() {
  const event = await createOpenEvent(owner, { winnerCount: 1, visitBonus: 3 })
  const [entry] = await enterParticipants(api.anonymous, event.id, 1)
  if (!entry) throw new Error('no entry')
  const { items } = await owner.participants.list({ eventId: event.id })
  const target = { eventId: event.id, participantId: items[0]?.participantId ?? '' }
  const { applicationNumber, phoneNumber } = entry
  const proof = { eventId: event.id, applicationNumber, phoneNumber }
  const marked = await staff.participants.markVisit(target)
  return { event, entry, target, proof, marked }
}

const visitOf = async (
  caller: Caller,
  { eventId, participantId }: { eventId: string; participantId: string },
) => {
  const { items } = await caller.participants.list({ eventId })
  return items.find((item) => item.participantId === participantId)
}

test('an owner takes a marked visit back, and the draw gives no bonus for it', async () => {
  const { event, target, proof, marked } = await createMarked()
  expect(marked).toMatchObject({ visited: true, visitMarkedBy: 'staff', visitConfirmed: false })
  expect(await owner.participants.unmarkVisit(target)).toMatchObject({
    visited: false,
    visitMarkedBy: null,
    visitConfirmed: false,
  })
  expect(await owner.participants.unmarkVisit(target)).toMatchObject({ visited: false })
  const check = await api.anonymous.participations.selfCheck(proof)
  expect(check).toMatchObject({ visited: false, tickets: 1, receipt: { receipt: { visited: 0, n: 0 } } })
  const { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount: 1, visitBonus: 3 })
  const { entries } = await verifiedDraw(api, drawLogId)
  expect(entries).toMatchObject([{ tickets: 1 }])
})

test('a visit that was taken back can be marked again, by another member and with a new time', async () => {
  const { target, proof } = await createMarked()
  const at = async () => {
    const [row] = await api.sql`select visited_at as at from participants where id = ${target.participantId}`
    return row?.at ? new Date(row.at).toISOString() : null
  }
  const first = await at()
  await owner.participants.unmarkVisit(target)
  expect(await at()).toBeNull()
  expect(await owner.participants.markVisit(target)).toMatchObject({ visited: true, visitMarkedBy: 'owner' })
  expect(await at()).not.toBe(first)
  const receipt = await api.anonymous.participations.receipt(proof)
  expect(receipt?.receipt).toMatchObject({ visited: 1, n: 1, at: await at() })
})

test.each([
  [
    'the check page',
    (proof: Parameters<typeof api.anonymous.participations.selfCheck>[0]) =>
      api.anonymous.participations.selfCheck(proof),
  ],
  [
    'the receipt alone',
    (proof: Parameters<typeof api.anonymous.participations.receipt>[0]) =>
      api.anonymous.participations.receipt(proof),
  ],
])(
  'once %s has shown the entrant a receipt of the visit, taking it back gets 409 VISIT_CONFIRMED',
  async (_, look) => {
    const { target, proof } = await createMarked()
    await look(proof)
    expect(await visitOf(owner, target)).toMatchObject({ visited: true, visitConfirmed: true })
    await expectApiError(owner.participants.unmarkVisit(target), 'VISIT_CONFIRMED')
    expect(await owner.participants.markVisit(target)).toMatchObject({ visitConfirmed: true })
  },
)

test('a repeated submission also shows a receipt of the visit, and the mark is final', async () => {
  const event = await createOpenEvent(owner)
  const input = entryInput(event.id, 1, { submissionId: Bun.randomUUIDv7() })
  await api.anonymous.participations.register(input)
  const { items } = await owner.participants.list({ eventId: event.id })
  const target = { eventId: event.id, participantId: items[0]?.participantId ?? '' }
  await staff.participants.markVisit(target)
  const again = await api.anonymous.participations.register(input)
  expect(again.receipt?.receipt).toMatchObject({ visited: 1, n: 1 })
  await expectApiError(owner.participants.unmarkVisit(target), 'VISIT_CONFIRMED')
})

test('a visit that the QR code proved is in the receipt from the beginning, and cannot be taken back', async () => {
  const event = await createOpenEvent(owner)
  const channels = await owner.channels.list({ eventId: event.id })
  const visitToken = channels.flatMap(({ link }) => new URL(link).searchParams.get('t') ?? [])[0]
  const entry = await api.anonymous.participations.register({
    ...entryInput(event.id, 1),
    visitToken,
    entryPath: undefined,
  })
  expect(entry.receipt?.receipt).toMatchObject({ visited: 1, n: 0 })
  const { items } = await owner.participants.list({ eventId: event.id })
  const target = { eventId: event.id, participantId: items[0]?.participantId ?? '' }
  expect(items[0]).toMatchObject({ visited: true, visitMarkedBy: null, visitConfirmed: true })
  await expectApiError(owner.participants.unmarkVisit(target), 'VISIT_CONFIRMED')
})

test('a receipt that is read while the visit is taken back does not say that there was one', async () => {
  const { target, proof } = await createMarked()
  const taking = await api.sql.reserve()
  await taking`begin`
  await taking`update participants set visited = false, visited_at = null, visit_marked_by = null
    where id = ${target.participantId}`
  const reading = api.anonymous.participations.receipt(proof)
  await untilLockWait(api.sql)
  await taking`commit`
  taking.release()
  expect((await reading)?.receipt).toMatchObject({ visited: 0, n: 0 })
})

test('of a receipt and taking back at the same time, only one happens', async () => {
  const outcomes = new Set<string>()
  for (let round = 0; round < 30; round++) {
    const { target, proof } = await createMarked()
    const [receipt, taken] = await Promise.all([
      api.anonymous.participations.receipt(proof),
      owner.participants.unmarkVisit(target).then(
        () => true,
        () => false,
      ),
    ])
    expect(receipt?.receipt.visited).toBe(taken ? 0 : 1)
    expect((await visitOf(owner, target))?.visited).toBe(!taken)
    outcomes.add(String(taken))
  }
  expect(outcomes.size).toBeGreaterThan(0)
})

test('a visit of an entry that was withdrawn is neither marked nor taken back, and its row stays cut to the hour', async () => {
  const { entry, event, target } = await createMarked()
  await withdraw(api, event.id, entry)
  const read = () => api.sql`select * from participants where id = ${target.participantId}`
  const before = await read()
  await expectApiError(staff.participants.markVisit(target), 'NOT_FOUND')
  await expectApiError(owner.participants.unmarkVisit(target), 'NOT_FOUND')
  expect(await read()).toEqual(before)
})

test('only the owner takes a visit back, and not once the list is locked', async () => {
  const { event, target } = await createMarked()
  await expectApiError(staff.participants.unmarkVisit(target), 'FORBIDDEN')
  await expectApiError(stranger.participants.unmarkVisit(target), 'NOT_FOUND')
  const unknown = { ...target, participantId: Bun.randomUUIDv7() }
  await expectApiError(owner.participants.unmarkVisit(unknown), 'NOT_FOUND')
  await drawNow(owner, { eventId: event.id, winnerCount: 1, visitBonus: 3 })
  await expectApiError(owner.participants.unmarkVisit(target), 'CONFLICT')
  expect((await visitOf(owner, target))?.visited).toBe(true)
})
