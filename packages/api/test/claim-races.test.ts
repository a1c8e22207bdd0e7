import { deleteOldClaims } from '@eungmo/db/queries/claims'
import { lockEventRow } from '@eungmo/db/queries/events'
import { expect, test } from 'vitest'
import { destroyScope } from '../src/destruction/destroy-scope.ts'
import type { Caller } from './support/api-fixture.ts'
import { claimableEvent, pickUp } from './support/claims.ts'
import { verifiedDraw } from './support/draws.ts'
import { untilLockWait } from './support/lock-waits.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops({ maxConnections: 20 })
const { db } = api.dependencies
const { claims } = api.anonymous

type Claimable = Awaited<ReturnType<typeof claimableEvent>>
type Proved = { token: string; proof: string }

/** Runs everything at once behind the event's gate, so that PostgreSQL decides who comes first. */
async function race(eventId: string, starts: readonly (() => Promise<unknown>)[]) {
  let running: Promise<PromiseSettledResult<unknown>[]> | undefined
  await db.transaction(async (tx) => {
    await lockEventRow(tx, { eventId })
    running = Promise.allSettled(starts.map((start) => start()))
    await untilLockWait(api.sql)
  })
  return (await running) ?? []
}

const other: Record<string, (event: Claimable, proved: Proved, owner: Caller) => (() => Promise<unknown>)[]> =
  {
    'a decline in another tab': (_event, proved) => [
      () => claims.decline(proved),
      () => claims.decline(proved),
    ],
    'a redraw of the owner': ({ drawLogId }, _proved, owner) => [
      () => owner.draws.redraw({ drawLogId, ranks: [1], reason: 'ineligible' }),
    ],
    'a withdrawal in another tab': (_event, proved) => [() => claims.withdraw(proved)],
  }

for (const [name, start] of Object.entries(other))
  test(`a confirmation that meets ${name} leaves no address of somebody without the prize`, async () => {
    for (let round = 0; round < 3; round += 1) {
      const claimable = await claimableEvent(api, owner)
      const proved = await claimable.prove()
      const details = await pickUp(api, proved)
      const others = start(claimable, proved, owner)
      const confirm = () => claims.confirm({ ...proved, details })
      const eventId = claimable.event.id
      const results = await race(eventId, round % 2 ? [confirm, ...others, confirm] : [...others, confirm])
      expect(results.slice(round % 2, (round % 2) + others.length)).toMatchObject(
        others.map(() => ({ status: 'fulfilled' })),
      )
      const [row] =
        await api.sql`select standing from draw_winners where event_id = ${eventId} and draw_rank = 1`
      expect(row?.standing).toBe('withdrawn')
      expect(await api.sql`select 1 from claims where event_id = ${eventId}`).toHaveLength(0)
      const { transcript } = await verifiedDraw(api, claimable.drawLogId)
      expect(transcript.records.filter(({ type }) => type === 'withdraw')).toHaveLength(1)
    }
  })

test('two tabs that confirm at once store one of the two days', async () => {
  const { event, prove } = await claimableEvent(api, owner)
  const proved = await prove()
  const { days } = await claims.own(proved)
  const confirm = (day = '') => claims.confirm({ ...proved, details: { kind: 'pick-up', day } })
  const results = await race(event.id, [() => confirm(days[0]), () => confirm(days[1])])
  expect(results).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }])
  expect(await api.sql`select 1 from claims where event_id = ${event.id}`).toHaveLength(1)
  const { details } = await claims.own(proved)
  expect([days[0], days[1]]).toContain(details?.kind === 'pick-up' ? details.day : null)
})

test('what is confirmed while the personal data is destroyed is gone with the next run of the job', async () => {
  const { event, winner, drawLogId, prove } = await claimableEvent(api, owner)
  const proved = await prove()
  const details = await pickUp(api, proved)
  const eventId = event.id
  let destroying: Promise<number> | undefined
  // The statement that destroys began before the confirmation committed: it does not see the row of the claim.
  await api.sql.begin(async (tx) => {
    await tx`select from participants where event_id = ${eventId} and application_number =
      ${winner.applicationNumber} for update`
    destroying = destroyScope(api.dependencies, {
      eventId,
      reason: 'won',
      scope: { standing: 'winners' },
    })
    await untilLockWait(api.sql)
    await claims.confirm({ ...proved, details })
  })
  expect(await destroying).toBeGreaterThan(0)
  const [row] = await api.sql`select link_id as "linkId", claimed_at as "claimedAt" from draw_winners
    where draw_log_id = ${drawLogId} and draw_rank = 1`
  expect(row).toMatchObject({ linkId: null })
  expect(await api.sql`select 1 from claims where event_id = ${eventId}`).toHaveLength(1)
  await deleteOldClaims(db, { now: new Date() })
  expect(await api.sql`select 1 from claims where event_id = ${eventId}`).toHaveLength(0)
})
