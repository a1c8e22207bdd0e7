import { readClock } from '@eungmo/db/queries/clock'
import { lockEventRow } from '@eungmo/db/queries/events'
import { expect, test } from 'vitest'
import { destroyDue } from '../src/destruction/destroy-due.ts'
import { finishDraw } from '../src/draws/finish-draw.ts'
import { lockEvent } from '../src/draws/lock-event.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { verifiedDraw } from './support/draws.ts'
import { untilLockWait } from './support/lock-waits.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'
import { drawnEvent, type Entry, entryOf, withdraw } from './support/withdrawals.ts'

const {
  api,
  members: { owner: viewer },
  callers: { owner },
  // Up to twelve requests wait at the gate at once, and one more connection looks for them.
} = await startTwoShops({ maxConnections: 20 })
const { db } = api.dependencies

/** Runs `start` while another transaction holds the event's gate, and lets go once it waits there. */
async function behindTheGate<T>(eventId: string, start: () => Promise<T>): Promise<T> {
  let started: Promise<T> | undefined
  await db.transaction(async (tx) => {
    await lockEventRow(tx, { eventId })
    started = start()
    await untilLockWait(api.sql)
  })
  if (!started) throw new Error('not started')
  return started
}

const proofsOf = (eventId: string, entries: readonly Entry[]) =>
  Promise.all(
    entries.map(async ({ applicationNumber, phoneNumber }) => {
      const own = await api.anonymous.participations.ownData({ eventId, applicationNumber, phoneNumber })
      return own.proof
    }),
  )

/** Of every participant: whether the data is destroyed, whether they withdrew, and the slot that they hold. */
const stateOf = async (eventId: string) =>
  api.sql<{ entry: string; destroyed: boolean; withdrawn: boolean; holds: boolean; reason: number }[]>`
    select p.entry_id as entry, p.name is null as destroyed, p.withdrawn_at is not null as withdrawn,
      exists (select from draw_winners w where w.event_id = p.event_id and w.participant_id = p.id
        and w.standing = 'selected') as holds, p.exclusion_reason as reason
    from participants p where p.event_id = ${eventId} order by p.id`

const countOf = async (eventId: string) => {
  const [row] = await api.sql`select coalesce(sum(count), 0)::int as count from destruction_records
    where event_id = ${eventId} and reason = 'withdrawn'`
  return Number(row?.count)
}

test('a withdrawal that waits for a lock finds the list locked, and one before it leaves the list', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 2, alternateCount: 0 })
  const entries = await enterParticipants(api.anonymous, event.id, 12)
  const proofs = await proofsOf(event.id, entries.slice(0, 8))
  const withdrawing = (proof: string) => api.anonymous.participations.withdraw({ eventId: event.id, proof })
  const [, locked] = await behindTheGate(event.id, () =>
    Promise.all([
      Promise.all(proofs.slice(0, 4).map(withdrawing)),
      lockEvent(api.dependencies, viewer, { eventId: event.id, winnerCount: 2, visitBonus: 0 }),
      Promise.all(proofs.slice(4).map(withdrawing)),
    ]),
  )
  await finishDraw(api.dependencies, { drawLogId: locked.drawLogId, signature: null })
  const { entries: list } = await verifiedDraw(api, locked.drawLogId)
  const listed = new Map((list as { id: string; reason: number }[]).map(({ id, reason }) => [id, reason]))
  const states = await stateOf(event.id)
  expect(states.filter(({ withdrawn }) => withdrawn)).toHaveLength(8)
  for (const { entry, destroyed, withdrawn, holds, reason } of states) {
    expect({ entry, destroyed, holds: holds && withdrawn }).toEqual({
      entry,
      destroyed: withdrawn,
      holds: false,
    })
    // What the list says is what the row says: a withdrawal was either before the lock or after it.
    expect(listed.get(entry)).toBe(reason)
  }
  expect(await countOf(event.id)).toBe(8)
})

test('a withdrawal that meets the result leaves no place with somebody who withdrew', async () => {
  for (let round = 0; round < 2; round++) {
    const event = await createOpenEvent(owner, { winnerCount: 3, alternateCount: 2 })
    const entries = await enterParticipants(api.anonymous, event.id, 6)
    const proofs = await proofsOf(event.id, entries)
    const { drawLogId } = await lockEvent(api.dependencies, viewer, {
      eventId: event.id,
      winnerCount: 3,
      visitBonus: 0,
    })
    await behindTheGate(event.id, () =>
      Promise.all([
        finishDraw(api.dependencies, { drawLogId, signature: null }),
        ...proofs.map((proof, at) =>
          api.anonymous.participations.withdraw({
            eventId: event.id,
            proof,
            receipt: { ...entryOf(entries, entries[at]?.applicationNumber).receipt },
          }),
        ),
      ]),
    )
    await verifiedDraw(api, drawLogId)
    for (const state of await stateOf(event.id))
      expect(state).toMatchObject({ destroyed: true, withdrawn: true, holds: false })
    expect(await countOf(event.id)).toBe(6)
  }
})

test('withdrawals and a redraw at once: every place is held by somebody who did not withdraw, or empty', async () => {
  const { event, entries, drawLogId, winners } = await drawnEvent(api, owner, {
    winnerCount: 3,
    alternateCount: 1,
  })
  const leaving = winners.slice(0, 2).map(({ applicationNumber }) => entryOf(entries, applicationNumber))
  const outcomes = await behindTheGate(event.id, () =>
    Promise.allSettled([
      owner.draws.redraw({ drawLogId, ranks: [3], reason: 'declined' }),
      ...leaving.map((entry) => withdraw(api, event.id, entry, entry.receipt)),
    ]),
  )
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  const [latest] = await owner.draws.list({ eventId: event.id })
  await verifiedDraw(api, latest?.drawLogId ?? '')
  const states = await stateOf(event.id)
  expect(states.filter(({ withdrawn }) => withdrawn)).toHaveLength(2)
  for (const { withdrawn, destroyed, holds } of states)
    expect([destroyed, holds && withdrawn]).toEqual([withdrawn, false])
})

test('a withdrawal and the destruction by date destroy each once', async () => {
  const { event, entries } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
  const proofs = await proofsOf(event.id, entries)
  await announceDaysAgo(api, event.id, 91)
  const now = await readClock(db)
  await Promise.all([
    destroyDue(api.dependencies, { now }),
    ...entries.map((entry, at) =>
      api.anonymous.participations.withdraw({
        eventId: event.id,
        proof: proofs[at] ?? '',
        receipt: { ...entryOf(entries, entry.applicationNumber).receipt },
      }),
    ),
    destroyDue(api.dependencies, { now }),
  ])
  expect((await stateOf(event.id)).every(({ destroyed }) => destroyed)).toBe(true)
  const [row] =
    await api.sql`select sum(count)::int as count from destruction_records where event_id = ${event.id}`
  expect(row).toEqual({ count: 6 })
})

test('twice at once destroys once', async () => {
  const event = await createOpenEvent(owner)
  const [entry] = await enterParticipants(api.anonymous, event.id, 1)
  if (!entry) throw new Error('not entered')
  const [proof = ''] = await proofsOf(event.id, [entry])
  const outcomes = await behindTheGate(event.id, () =>
    Promise.all(
      Array.from({ length: 5 }, () => api.anonymous.participations.withdraw({ eventId: event.id, proof })),
    ),
  )
  expect(outcomes.map(({ alreadyWithdrawn }) => alreadyWithdrawn).toSorted()).toEqual([
    false,
    true,
    true,
    true,
    true,
  ])
  expect(await countOf(event.id)).toBe(1)
})

test('a name that is corrected while its entry is withdrawn does not come back', async () => {
  const event = await createOpenEvent(owner)
  const entries = await enterParticipants(api.anonymous, event.id, 6)
  const proofs = await proofsOf(event.id, entries)
  await behindTheGate(event.id, () =>
    Promise.allSettled(
      proofs.flatMap((proof) => [
        api.anonymous.participations.withdraw({ eventId: event.id, proof }),
        api.anonymous.participations.correctName({ eventId: event.id, proof, name: '김바다' }),
      ]),
    ),
  )
  for (const state of await stateOf(event.id))
    expect(state).toMatchObject({ destroyed: true, withdrawn: true })
})
