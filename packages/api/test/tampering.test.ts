import { verifyDraw } from '@eungmo/draw/verify'
import { expect, test } from 'vitest'
import { finishOpenDraws } from '../src/draws/finish-open-draws.ts'
import { lockEvent } from '../src/draws/lock-event.ts'
import type { Observation } from '../src/observation.ts'
import { skipRetryPause } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const observed: Observation[] = []
const {
  api,
  members: { owner: viewer },
  callers: { owner },
} = await startTwoShops({ observe: (observation) => observed.push(observation) })

async function lockedEvent(entries = 4) {
  const event = await createOpenEvent(owner, { winnerCount: 1 })
  await enterParticipants(api.anonymous, event.id, entries)
  const input = { eventId: event.id, winnerCount: 1, visitBonus: false }
  const { drawLogId } = await lockEvent(api.dependencies, viewer, input)
  await api.sql`update draw_logs set locked_at = locked_at - interval '1 minute' where id = ${drawLogId}`
  return { event, drawLogId }
}

test('a stored list that was changed after its lock is never used for a draw', async () => {
  const { event, drawLogId } = await lockedEvent()
  const [part] = await api.sql<
    { bytes: Uint8Array }[]
  >`select bytes from locked_list_parts where event_id = ${event.id}`
  const lines = Buffer.from(part?.bytes ?? []).toString()
  const [first = '', ...rest] = lines.split('\n')
  for (const changed of [[first.replace(/1,0$/, '9,0'), ...rest], rest]) {
    await api.sql`update locked_list_parts set bytes = ${Buffer.from(changed.join('\n'))} where event_id = ${event.id}`
    await skipRetryPause(api, drawLogId)
    expect(await finishOpenDraws(api.dependencies)).toBe(0)
  }
  await api.sql`update locked_list_parts set bytes = ${Buffer.from(lines)} where event_id = ${event.id}`
  await skipRetryPause(api, drawLogId)
  expect(await finishOpenDraws(api.dependencies)).toBe(1)
  const transcript = await api.anonymous.draws.transcript({ drawLogId })
  const entries = await api.anonymous.draws.entries({ drawLogId })
  expect(verifyDraw(transcript, entries)).toMatchObject({ ok: true })
})

test('a draw that cannot be finished is tried at growing intervals, is counted, and holds up no other', async () => {
  const broken = await lockedEvent()
  const sound = await lockedEvent()
  await api.sql`delete from locked_list_parts where event_id = ${broken.event.id}`
  observed.length = 0
  const start = Date.now()
  const finishAt = (seconds: number) =>
    finishOpenDraws(api.dependencies, { now: new Date(start + seconds * 1_000) })
  await finishAt(0)
  expect((await owner.events.get({ eventId: sound.event.id })).status).toBe('drawn')
  for (let second = 1; second <= 300; second++) await finishAt(second)
  // At 0, 2, 6, 14, 30, 62, and then every minute.
  expect(observed).toEqual(Array(9).fill({ kind: 'draw-not-finished' }))
  await api.sql`delete from draw_logs where id = ${broken.drawLogId}`
})

test('visits and exclusions after the lock do not change the locked list', async () => {
  const { event, drawLogId } = await lockedEvent()
  await api.sql`update participants set visited = true, exclusion_reason = 6 where event_id = ${event.id}`
  expect(await finishOpenDraws(api.dependencies)).toBe(1)
  const entries = await api.anonymous.draws.entries({ drawLogId })
  expect(entries.every(({ tickets, reason }) => tickets === 1 && reason === 0)).toBe(true)
  const transcript = await api.anonymous.draws.transcript({ drawLogId })
  expect(verifyDraw(transcript, entries)).toMatchObject({ ok: true })
})

test('the database rejects a second open attempt, a second list and a forked chain', async () => {
  const { event, drawLogId } = await lockedEvent()
  await expect(
    api.sql`insert into draw_logs select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'attempt', 2))).*
      from draw_logs l where id = ${drawLogId}`,
  ).rejects.toThrow('draw_logs_open_attempt_key')
  await expect(
    api.sql`insert into locked_lists select * from locked_lists where event_id = ${event.id}`,
  ).rejects.toThrow('locked_lists_pkey')
  await expect(
    api.sql`insert into draw_records select * from draw_records where event_id = ${event.id} and seq = 1`,
  ).rejects.toThrow('draw_records')
})

test('a transcript with any record changed, dropped or moved no longer verifies', async () => {
  const { drawLogId } = await lockedEvent(6)
  await finishOpenDraws(api.dependencies)
  await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'ineligible' })
  const transcript = await api.anonymous.draws.transcript({ drawLogId })
  const entries = await api.anonymous.draws.entries({ drawLogId })
  expect(verifyDraw(transcript, entries)).toMatchObject({ ok: true })
  const { records } = transcript
  const forged = [
    records.with(0, { ...records[0], winnerCount: 2 }),
    records.toSpliced(1, 1),
    records.toReversed(),
    records.slice(0, -1),
  ]
  for (const changed of forged)
    expect(verifyDraw({ ...transcript, records: changed }, entries)).toMatchObject({ ok: false })
  expect(verifyDraw(transcript, entries.slice(1))).toMatchObject({ ok: false })
})

test('two owners who redraw the same draw at once cause one redraw', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 1, alternateCount: 2 })
  await enterParticipants(api.anonymous, event.id, 6)
  const { drawLogId } = await owner.draws.drawWinners({
    eventId: event.id,
    winnerCount: 1,
    visitBonus: false,
  })
  const { head } = await owner.draws.get({ drawLogId })
  const press = () => owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined', head })
  const settled = await Promise.allSettled([press(), press()])
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await expectApiError(press(), 'DRAW_SUPERSEDED')
  const chain = await api.anonymous.draws.chain({ eventId: event.id })
  expect(chain.records.filter(({ type }) => type === 'withdraw')).toHaveLength(1)
})
