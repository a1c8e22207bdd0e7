import { registerParticipants } from '@eungmo/db/queries/register-participants'
import { verifyDraw } from '@eungmo/draw/verify'
import { expect, test } from 'vitest'
import { finishOpenDraws } from '../src/draws/finish-open-draws.ts'
import { lockEvent } from '../src/draws/lock-event.ts'
import { lockOwnEvent } from '../src/events/require-own-event.ts'
import { skipRetryPause } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { untilLockWait } from './support/lock-waits.ts'
import { enterParticipants, preparedEntry } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members: { owner: viewer },
  callers: { owner },
} = await startTwoShops()

test('a lock waits for an entry under way and includes it in the list', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 1 })
  await enterParticipants(api.anonymous, event.id, 3)
  const late = preparedEntry(api.dependencies, event.id, 3_334_444)
  let commit = () => {}
  const committing = new Promise<void>((resolve) => {
    commit = resolve
  })
  let written = () => {}
  const isWritten = new Promise<void>((resolve) => {
    written = resolve
  })
  const entering = api.sql.begin(async (tx) => {
    const rows = await registerParticipants(
      {
        run: async (text, parameters) =>
          [...(await tx.unsafe(text, (parameters ?? []).map(String)))] as never,
      },
      [late],
    )
    expect(rows).toMatchObject([{ verdict: 'registered' }])
    written()
    await committing
  })
  await isWritten
  const drawing = owner.draws.drawWinners({ eventId: event.id, winnerCount: 1, visitBonus: false })
  await untilLockWait(api.sql)
  commit()
  await entering
  const { drawLogId } = await drawing
  const entries = await api.anonymous.draws.entries({ drawLogId })
  expect(entries).toHaveLength(4)
  expect(entries.map(({ id }) => id)).toContain(late.entryId)
  expect(verifyDraw(await api.anonymous.draws.transcript({ drawLogId }), entries)).toMatchObject({ ok: true })
})

test('an entry that arrives while the lock is open waits and is then rejected', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 1 })
  await enterParticipants(api.anonymous, event.id, 2)
  let entering: Promise<unknown> = Promise.resolve()
  await api.dependencies.db.transaction(async (tx) => {
    await lockOwnEvent(tx, viewer, event.id)
    entering = expectApiError(enterParticipants(api.anonymous, event.id, 1, 2), 'EVENT_CLOSED')
    await untilLockWait(api.sql)
    const locked = lockEvent(
      { ...api.dependencies, db: tx as unknown as typeof api.dependencies.db },
      viewer,
      {
        eventId: event.id,
        winnerCount: 1,
        visitBonus: false,
      },
    )
    await locked
  })
  await entering
})

test('every entry accepted during a draw is in the locked list', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 1 })
  await enterParticipants(api.anonymous, event.id, 5)
  const entering = Array.from({ length: 40 }, (_, number) =>
    enterParticipants(api.anonymous, event.id, 1, 100 + number),
  )
  const drawing = owner.draws.drawWinners({ eventId: event.id, winnerCount: 1, visitBonus: false })
  const settled = await Promise.allSettled(entering)
  const { drawLogId } = await drawing
  const accepted = settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  const listed = new Set((await api.anonymous.draws.entries({ drawLogId })).map(({ id }) => id))
  expect(listed.size).toBe(5 + accepted.length)
  for (const { receipt } of accepted) expect(listed).toContain(receipt?.receipt.id)
})

test('a result that cannot be written is returned as pending and written later', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 1 })
  await enterParticipants(api.anonymous, event.id, 3)
  await api.sql`create function reject_results() returns trigger language plpgsql as
    $$ begin if new.type = 'result' then raise exception 'no room'; end if; return new; end $$`
  await api.sql`create trigger reject_results before insert on draw_records for each row execute function reject_results()`
  const pending = await owner.draws.drawWinners({ eventId: event.id, winnerCount: 1, visitBonus: false })
  expect(pending).toHaveProperty('drawsAt')
  await api.sql`update draw_logs set locked_at = locked_at - interval '1 minute' where id = ${pending.drawLogId}`
  expect(await finishOpenDraws(api.dependencies)).toBe(0)
  await api.sql`drop trigger reject_results on draw_records`
  await skipRetryPause(api, pending.drawLogId)
  expect(await finishOpenDraws(api.dependencies)).toBe(1)
  const entries = await api.anonymous.draws.entries({ drawLogId: pending.drawLogId })
  const transcript = await api.anonymous.draws.transcript({ drawLogId: pending.drawLogId })
  expect(verifyDraw(transcript, entries)).toMatchObject({ ok: true })
})

test('a draw whose process died between lock and result is finished once by another process', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 2, alternateCount: 1 })
  await enterParticipants(api.anonymous, event.id, 8)
  const { drawLogId } = await lockEvent(api.dependencies, viewer, {
    eventId: event.id,
    winnerCount: 2,
    visitBonus: false,
  })
  // For the first seconds only the request that locked it may finish it.
  expect(await finishOpenDraws(api.dependencies)).toBe(0)
  const draw = () => owner.draws.drawWinners({ eventId: event.id, winnerCount: 2, visitBonus: false })
  await expectApiError(draw(), 'DRAW_IN_PROGRESS', { drawLogId, drawsAt: null })
  await api.sql`update draw_logs set locked_at = locked_at - interval '1 minute' where id = ${drawLogId}`
  const finished = await Promise.all([finishOpenDraws(api.dependencies), finishOpenDraws(api.dependencies)])
  expect(finished[0] + finished[1]).toBe(1)
  const transcript = await api.anonymous.draws.transcript({ drawLogId })
  const entries = await api.anonymous.draws.entries({ drawLogId })
  expect(verifyDraw(transcript, entries)).toMatchObject({ ok: true })
  expect(await owner.draws.list({ eventId: event.id })).toMatchObject([
    { drawLogId, winners: [{ rank: 1 }, { rank: 2 }], alternates: [{ drawRank: 3 }] },
  ])
  await expectApiError(draw(), 'ALREADY_DRAWN', { drawLogId })
})
