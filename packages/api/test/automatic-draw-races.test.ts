import type { Executor } from '@eungmo/db/connection/client'
import { readClock } from '@eungmo/db/queries/clock'
import { setPause } from '@eungmo/db/queries/pauses'
import { verifyDraw } from '@eungmo/draw/verify'
import postgres from 'postgres'
import { afterEach, describe, expect, inject, test, vi } from 'vitest'
import type { Dependencies } from '../src/dependencies.ts'
import { drawDue } from '../src/draws/draw-due.ts'
import { finishOpenDraws } from '../src/draws/finish-open-draws.ts'
import { cancelEvent } from '../src/events/cancel-event.ts'
import { updateEvent } from '../src/events/update-event.ts'
import type { Observation } from '../src/observation.ts'
import { createDueEvent } from './support/due-events.ts'
import { endProcess, startJobsProcess } from './support/jobs-process.ts'
import { untilLockWait } from './support/lock-waits.ts'
import { inHours } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const observed: Observation[] = []
const {
  api,
  members: { owner: viewer },
  callers: { owner },
} = await startTwoShops({ observe: (observation) => observed.push(observation) })
const { dependencies } = api

const HOUR_MS = 3_600_000
const WAIT = { timeout: 30_000, interval: 20 }

afterEach(() => {
  observed.length = 0
  vi.useRealTimers()
})

const statusOf = async (eventId: string) => (await owner.events.getForOwner({ eventId })).status

/** Expects one attempt, one lock and one result, and that anybody can verify them. */
async function expectOneDraw(eventId: string): Promise<void> {
  const logs = await owner.draws.list({ eventId })
  expect(logs).toHaveLength(1)
  const { records } = await api.anonymous.draws.chain({ eventId })
  expect(records.filter(({ type }) => type !== 'rules').map(({ type }) => type)).toEqual(['lock', 'result'])
  const drawLogId = logs[0]?.drawLogId ?? ''
  const entries = await api.anonymous.draws.entries({ drawLogId })
  expect(verifyDraw(await api.anonymous.draws.transcript({ drawLogId }), entries)).toMatchObject({ ok: true })
}

/** Runs the job while a transaction holds the event, and commits what `change` does in it. */
async function drawDuring(
  eventId: string,
  change: (held: Dependencies) => Promise<unknown>,
): Promise<number> {
  let drawing: Promise<number> = Promise.resolve(-1)
  await dependencies.db.transaction(async (tx) => {
    await change({ ...dependencies, db: tx as Executor as Dependencies['db'] })
    drawing = drawDue(dependencies)
    await untilLockWait(api.sql)
  })
  expect(await statusOf(eventId)).not.toBe('drawn')
  return drawing
}

describe('one draw, always:', () => {
  test('several runners and the owner’s press in the same second', async () => {
    for (let round = 0; round < 5; round++) {
      const event = await createDueEvent(api, owner, 4, { winnerCount: 2 })
      const press = () =>
        owner.draws
          .drawWinners({ eventId: event.id, winnerCount: 2, visitBonus: 0 })
          .catch((error: unknown) => {
            expect(error).toMatchObject({
              cause: { code: expect.stringMatching(/ALREADY_DRAWN|DRAW_IN_PROGRESS/) },
            })
          })
      await Promise.all([
        drawDue(dependencies),
        press(),
        drawDue(dependencies),
        press(),
        drawDue(dependencies),
      ])
      await expectOneDraw(event.id)
    }
  })

  test('an owner who moves the close a moment before: the draw waits for the new time', async () => {
    const event = await createDueEvent(api, owner, 2)
    const endsAt = new Date(Date.now() + HOUR_MS)
    const change = (held: Dependencies) => updateEvent(held, viewer, { eventId: event.id, endsAt })
    expect(await drawDuring(event.id, change)).toBe(0)
    expect(await statusOf(event.id)).toBe('published')
    await owner.events.update({ eventId: event.id, endsAt: inHours(-0.02) })
    expect(await drawDue(dependencies)).toBe(1)
    await expectOneDraw(event.id)
  })

  test('an owner who takes the automatic draw back a moment before draws by hand', async () => {
    const event = await createDueEvent(api, owner, 2)
    const change = (held: Dependencies) =>
      updateEvent(held, viewer, { eventId: event.id, drawsAutomatically: false })
    expect(await drawDuring(event.id, change)).toBe(0)
    await owner.draws.drawWinners({ eventId: event.id, winnerCount: 2, visitBonus: 0 })
    await expectOneDraw(event.id)
  })

  test('an event that is cancelled a moment before is not drawn', async () => {
    const event = await createDueEvent(api, owner, 2)
    expect(await drawDuring(event.id, (held) => cancelEvent(held, viewer, event.id))).toBe(0)
    expect(await statusOf(event.id)).toBe('cancelled')
    expect(await owner.draws.list({ eventId: event.id })).toEqual([])
  })

  test('an event that the operator pauses a moment before is drawn once it is resumed', async () => {
    const event = await createDueEvent(api, owner, 2)
    const target = { kind: 'event', id: event.id } as const
    expect(await drawDuring(event.id, ({ db }) => setPause(db, target, '문의를 확인하고 있어요'))).toBe(0)
    expect(await drawDue(dependencies)).toBe(0)
    expect(await statusOf(event.id)).toBe('published')
    await setPause(dependencies.db, target, null)
    expect(await drawDue(dependencies)).toBe(1)
    await expectOneDraw(event.id)
  })
})

describe('the clock is the database’s:', () => {
  test('a process whose clock is an hour ahead draws nothing early, nor one that is behind anything late', async () => {
    const early = await createDueEvent(api, owner, 1, { endedMinutes: 0.5, winnerCount: 1 })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR_MS })
    expect(await drawDue(dependencies)).toBe(0)
    expect(await drawDue(dependencies, { now: new Date() }), 'a runner that trusts its own clock').toBe(0)
    vi.useRealTimers()
    expect(await statusOf(early.id)).toBe('published')
    await owner.events.cancel({ eventId: early.id })

    const due = await createDueEvent(api, owner, 1, { winnerCount: 1 })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - HOUR_MS })
    expect(await drawDue(dependencies)).toBe(1)
    vi.useRealTimers()
    await expectOneDraw(due.id)
  })
})

describe('what fails is repeated:', () => {
  test('an event that cannot be drawn leaves nothing behind, is counted, and holds up no other', async () => {
    const [failing, other] = [await createDueEvent(api, owner, 3), await createDueEvent(api, owner, 3)]
    await api.sql.unsafe(`create function reject_lock() returns trigger language plpgsql as $$ begin
      if new.type = 'lock' and new.event_id = '${failing.id}' then raise exception 'no room'; end if;
      return new; end $$`)
    await api.sql`create trigger reject_lock before insert on draw_records for each row execute function reject_lock()`
    expect(await drawDue(dependencies)).toBe(1)
    await expectOneDraw(other.id)
    expect(observed).toEqual([{ kind: 'draw-not-started' }])
    expect(await statusOf(failing.id)).toBe('published')
    const [left] = await api.sql`select draw_failures, next_draw_try_at > now() as waits,
      (select count(*)::int from draw_logs where event_id = e.id) as logs,
      (select count(*)::int from locked_list_parts where event_id = e.id) as parts
      from events e where id = ${failing.id}`
    expect(left).toEqual({ draw_failures: 1, waits: true, logs: 0, parts: 0 })
    expect(await drawDue(dependencies), 'before its pause is over').toBe(0)
    expect(observed).toHaveLength(1)

    await api.sql`drop trigger reject_lock on draw_records`
    const now = new Date((await readClock(dependencies.db)).getTime() + 3_000)
    expect(await drawDue(dependencies, { now })).toBe(1)
    await expectOneDraw(failing.id)
  })

  test('a result that cannot be stored after the lock is stored later, once', async () => {
    const event = await createDueEvent(api, owner, 3)
    await api.sql.unsafe(`create function reject_result() returns trigger language plpgsql as $$ begin
      if new.type = 'result' then raise exception 'no room'; end if; return new; end $$`)
    await api.sql`create trigger reject_result before insert on draw_records for each row execute function reject_result()`
    expect(await drawDue(dependencies)).toBe(1)
    expect(await statusOf(event.id)).toBe('locked')
    await api.sql`drop trigger reject_result on draw_records`
    await api.sql`update draw_logs set locked_at = locked_at - interval '1 minute' where event_id = ${event.id}`
    expect(await drawDue(dependencies)).toBe(0)
    expect(await finishOpenDraws(dependencies)).toBe(1)
    await expectOneDraw(event.id)
  })

  test('a database that is away at that minute: the draw follows when it is back, once', {
    timeout: 120_000,
  }, async () => {
    const name = new URL(api.url).pathname.slice(1)
    const admin = postgres(inject('postgresUrl'), { max: 1, onnotice: () => undefined })
    const processes = [startJobsProcess(api.url), startJobsProcess(api.url)]
    try {
      const event = await createDueEvent(api, owner, 3, { endedMinutes: 0.9 })
      await admin.unsafe(`alter database "${name}" allow_connections false`)
      await admin.unsafe(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
      // Past the published time.
      await Bun.sleep(7_000)
      await admin.unsafe(`alter database "${name}" allow_connections true`)
      // As whatever runs the processes does with one that ended.
      for (const { exitCode } of processes) if (exitCode !== null) startJobsProcess(api.url)
      await vi.waitFor(async () => expect(await statusOf(event.id)).toBe('drawn'), WAIT)
      await expectOneDraw(event.id)
    } finally {
      await admin.unsafe(`alter database "${name}" allow_connections true`)
      await admin.end()
    }
  })

  test.each(['lock', 'result'])(
    'kill -9 while the %s is written leaves one draw to two other processes',
    {
      timeout: 120_000,
    },
    async (type) => {
      const event = await createDueEvent(api, owner, 5, { winnerCount: 2 })
      await api.sql.unsafe(`create or replace function linger() returns trigger language plpgsql as $$ begin
      if new.type = '${type}' then perform pg_sleep(3); end if; return new; end $$`)
      await api.sql`create trigger linger after insert on draw_records for each row execute function linger()`
      const killed = startJobsProcess(api.url)
      await vi.waitFor(async () => expect(await isLingering()).toBe(true), WAIT)
      await endProcess(killed, 'SIGKILL')
      await api.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event = 'PgSleep'`
      await vi.waitFor(async () => expect(await isLingering()).toBe(false), WAIT)
      await api.sql`drop trigger linger on draw_records`
      expect(await statusOf(event.id)).toBe(type === 'lock' ? 'published' : 'locked')

      startJobsProcess(api.url)
      startJobsProcess(api.url)
      await vi.waitFor(async () => expect(await statusOf(event.id)).toBe('drawn'), WAIT)
      await expectOneDraw(event.id)
    },
  )
})

/** Whether a record is being written, by the trigger `linger`. */
async function isLingering(): Promise<boolean> {
  const [row] = await api.sql`select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event = 'PgSleep'`
  return row?.count > 0
}
