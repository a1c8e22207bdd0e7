import { expect, test } from 'vitest'
import { drawDue } from '../src/draws/draw-due.ts'
import { asDomainError } from '../src/errors/as-domain-error.ts'
import { drawNow, verifiedDraw } from './support/draws.ts'
import { createEarlierEvent, createLaterEvent, withReason } from './support/earlier-winners.ts'
import { createEnteredEvent } from './support/exclusions.ts'
import { untilLockWait } from './support/lock-waits.ts'
import { entryInput } from './support/sample-entries.ts'
import { startTwoShops } from './support/two-shops.ts'
import { withdraw } from './support/withdrawals.ts'

const {
  api,
  callers: { owner, staff },
} = await startTwoShops({ maxConnections: 20 })

/** Whether a call succeeded; false for CONFLICT and NOT_FOUND, which are the losers of a race. */
const succeeds = (call: Promise<unknown>): Promise<boolean> =>
  call.then(
    () => true,
    (error) => {
      expect(['CONFLICT', 'NOT_FOUND']).toContain(asDomainError(error).code)
      return false
    },
  )

const rowOf = async ({ participantId }: { participantId: string }) => {
  const [row] = await api.sql`select exclusion_reason as reason, exclusion_note is not null as "hasNote",
    name is null as destroyed, visited from participants where id = ${participantId}`
  return row
}

test('an exclusion against the lock is in the locked list or gets 409, never between', async () => {
  const outcomes = new Set<boolean>()
  for (let round = 0; round < 12; round++) {
    const { event, targets, entries } = await createEnteredEvent(api, owner, { entrants: 8 })
    await owner.exclusions.exclude({ ...targets(0), reason: 'staff' })
    const late = [1, 2, 3].map((at) => ({ ...targets(at), reason: 'duplicate' }) as const)
    const [drawn, undone, ...excluded] = await Promise.all([
      drawNow(owner, { eventId: event.id, winnerCount: 2, visitBonus: 1 }),
      succeeds(owner.exclusions.undo(targets(0))),
      ...late.map((input) => succeeds(owner.exclusions.exclude(input))),
    ])
    const { entries: list } = await verifiedDraw(api, drawn.drawLogId)
    const reasons = new Map((list as { id: string; reason: number }[]).map(({ id, reason }) => [id, reason]))
    const reasonOf = (at: number) => reasons.get(entries[at]?.receipt?.receipt.id ?? '')
    expect(reasonOf(0)).toBe(undone ? 0 : 1)
    for (const [at, done] of excluded.entries()) {
      expect(reasonOf(at + 1)).toBe(done ? 3 : 0)
      expect((await rowOf(targets(at + 1)))?.reason).toBe(done ? 3 : 0)
      outcomes.add(done)
    }
  }
  expect(outcomes.size).toBeGreaterThan(0)
})

test('an exclusion that waits for a running lock finds the list locked', async () => {
  const { event, targets } = await createEnteredEvent(api, owner)
  const locking = await api.sql.reserve()
  await locking`begin`
  await locking`select pg_advisory_xact_lock(event_gate(${event.id}))`
  const excluding = succeeds(owner.exclusions.exclude({ ...targets(0), reason: 'staff' }))
  const pasting = succeeds(
    owner.exclusions.paste({ eventId: event.id, numbers: entryInput('', 1).phoneNumber }),
  )
  await untilLockWait(api.sql)
  await locking`update events set status = 'locked' where id = ${event.id}`
  await locking`commit`
  locking.release()
  expect(await Promise.all([excluding, pasting])).toEqual([false, false])
  for (const at of [0, 1]) expect(await rowOf(targets(at))).toMatchObject({ reason: 0 })
})

test('against a withdrawal the note never outlives the data of its entrant', async () => {
  for (let round = 0; round < 20; round++) {
    const { event, targets, entries } = await createEnteredEvent(api, owner, { entrants: 1 })
    const [entry] = entries
    if (!entry) throw new Error('no entry')
    await Promise.all([
      withdraw(api, event.id, entry),
      succeeds(owner.exclusions.exclude({ ...targets(0), reason: 'staff', note: '사장 조카' })),
    ])
    expect(await rowOf(targets(0))).toEqual({ reason: 5, hasNote: false, destroyed: true, visited: false })
  }
})

test('a withdrawal that waits for an exclusion erases its note, and an exclusion that waits for it gets 404', async () => {
  const first = await createEnteredEvent(api, owner, { entrants: 2 })
  const [entry, other] = first.entries
  if (!entry || !other) throw new Error('no entries')
  const writing = await api.sql.reserve()
  await writing`begin`
  await writing`update participants set exclusion_reason = 1, exclusion_note = '\\x01'
    where id = ${first.targets(0).participantId}`
  const withdrawing = withdraw(api, first.event.id, entry)
  await untilLockWait(api.sql)
  await writing`commit`
  await withdrawing
  expect(await rowOf(first.targets(0))).toMatchObject({ reason: 5, hasNote: false })
  await writing`begin`
  await writing`update participants set application_number = null, exclusion_reason = 5
    where id = ${first.targets(1).participantId}`
  const excluding = succeeds(owner.exclusions.exclude({ ...first.targets(1), reason: 'staff', note: '늦음' }))
  await untilLockWait(api.sql)
  await writing`commit`
  writing.release()
  expect(await excluding).toBe(false)
  expect(await rowOf(first.targets(1))).toMatchObject({ reason: 5, hasNote: false })
})

test('visit marks and exclusions of the same entries at once are all stored', async () => {
  const { targets } = await createEnteredEvent(api, owner, { entrants: 6 })
  await Promise.all(
    [0, 1, 2, 3, 4, 5].flatMap((at) => [
      staff.participants.markVisit(targets(at)),
      owner.exclusions.exclude({ ...targets(at), reason: 'duplicate' }),
    ]),
  )
  for (let at = 0; at < 6; at++) expect(await rowOf(targets(at))).toMatchObject({ reason: 3, visited: true })
})

test('two pastes of the same numbers in another order at once exclude each entry once', async () => {
  const { event } = await createEnteredEvent(api, owner, { entrants: 20 })
  const numbers = Array.from({ length: 20 }, (_, n) => entryInput('', n).phoneNumber)
  const results = await Promise.all(
    [numbers, numbers.toReversed(), numbers.toSpliced(0, 10)].map((some) =>
      owner.exclusions.paste({ eventId: event.id, numbers: some.join('\n') }),
    ),
  )
  expect(results.reduce((sum, { excluded }) => sum + excluded, 0)).toBe(20)
  const pastes = await owner.exclusions.pastes({ eventId: event.id })
  expect(pastes.reduce((sum, { entries }) => sum + entries, 0)).toBe(20)
})

test("the lock leaves an owner's own exclusion of an earlier winner as it is", async () => {
  const members = await api.createShop()
  const shop = { api, owner: api.as(members.owner) }
  const earlier = await createEarlierEvent(shop, { winnerCount: 3 })
  const later = await createLaterEvent(shop, { entrants: 6 })
  const { items } = await shop.owner.participants.list({ eventId: later.id })
  const numbers = later.entered.map(({ phoneNumber }) => phoneNumber)
  const targetOf = (phoneNumber = '') => {
    const { applicationNumber } = later.entered[numbers.indexOf(phoneNumber)] ?? {}
    const found = items.find((item) => item.applicationNumber === applicationNumber)
    return { eventId: later.id, participantId: found?.participantId ?? '' }
  }
  const [first, second, third] = earlier.winners
  await shop.owner.exclusions.exclude({ ...targetOf(first), reason: 'staff' })
  // Taken back before the lock, it is an earlier winner's again.
  await shop.owner.exclusions.exclude({ ...targetOf(second), reason: 'duplicate' })
  await shop.owner.exclusions.undo(targetOf(second))
  expect(await shop.owner.draws.preview({ eventId: later.id })).toMatchObject({
    eligible: 3,
    earlierWinners: 2,
    excluded: { staff: 1, 'earlier-winner': 0, duplicate: 0, ineligible: 0 },
  })
  const { reasons, drawLogId } = await later.draw()
  expect(withReason(reasons, 1)).toEqual([first])
  expect(withReason(reasons, 2)).toEqual([second, third].toSorted())
  await verifiedDraw(api, drawLogId)
})

test('an automatic draw of an event whose entries are all excluded cancels it', async () => {
  const members = await api.createShop()
  const shop = { api, owner: api.as(members.owner) }
  const event = await createLaterEvent(shop, { sitOutMonths: 0, entrants: 2, drawsAutomatically: true })
  const numbers = event.entered.map(({ phoneNumber }) => phoneNumber).join('\n')
  await shop.owner.exclusions.paste({ eventId: event.id, numbers })
  await api.sql`update events set starts_at = now() - interval '3 hours', ends_at = now() - interval '2 minutes'
    where id = ${event.id}`
  await drawDue(api.dependencies)
  expect((await shop.owner.events.get({ eventId: event.id })).status).toBe('cancelled')
})
