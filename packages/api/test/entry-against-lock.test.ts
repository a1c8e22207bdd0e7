import { exclusiveEventGate } from '@eungmo/db/connection/advisory-locks'
import type { StatementParameter, StatementRunner } from '@eungmo/db/connection/statement-link'
import { registerParticipants } from '@eungmo/db/queries/register-participants'
import postgres from 'postgres'
import { afterAll, describe, expect, test } from 'vitest'
import { untilLockWait } from './support/lock-waits.ts'
import { entryInput, preparedEntry } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members: { owner },
} = await startTwoShops()
const clients = postgres(api.url, { max: 80, onnotice: () => undefined })
afterAll(() => clients.end())

const prepared = (eventId: string, n: number) => preparedEntry(api.dependencies, eventId, n)

/** Runs statements on one connection, inside its current transaction. */
const runnerOf = (
  sql: postgres.ReservedSql | postgres.Sql,
  change = (query: string) => query,
): StatementRunner => ({
  run: async <Row extends object>(query: string, parameters: readonly StatementParameter[] = []) =>
    await sql.unsafe<Row[]>(change(query), [...parameters] as postgres.ParameterOrJSON<never>[], {
      prepare: true,
    }),
})

const lockRow = (sql: postgres.Sql | postgres.ReservedSql, eventId: string) =>
  sql.unsafe('select id from events where id = $1 for update', [eventId])
const takeGate = (sql: postgres.Sql | postgres.ReservedSql, eventId: string) =>
  sql.unsafe(`select ${exclusiveEventGate('$1::uuid')}`, [eventId])

async function begin(): Promise<postgres.ReservedSql> {
  const sql = await clients.reserve()
  await sql`begin`
  return sql
}

/** The verdict for an entry that arrives while a lock is open and then commits. */
async function entryDuringLock(change?: (query: string) => string): Promise<string | undefined> {
  const { id } = await createOpenEvent(api.as(owner))
  const locking = await begin()
  await takeGate(locking, id)
  await lockRow(locking, id)
  const entering = registerParticipants(runnerOf(clients, change), [prepared(id, 1)])
  await untilLockWait(api.sql)
  await locking`update events set status = 'locked' where id = ${id}`
  await locking`commit`
  locking.release()
  const [row] = await entering
  return row?.verdict
}

describe('an entry against the lock', () => {
  test('an entry that waited for the lock reads the status again and is rejected', async () => {
    expect(await entryDuringLock()).toBe('locked')
  })

  test('with the snapshot of the statement itself, the entry would be accepted after the list was read', async () => {
    const [definition] = await clients`select pg_get_functiondef('entry_terms'::regproc) as text`
    const stale = String(definition?.text)
      .replace('public.entry_terms', 'public.stale_entry_terms')
      .replace('LANGUAGE plpgsql', 'LANGUAGE plpgsql STABLE')
    await clients.unsafe(stale)
    expect(await entryDuringLock((query) => query.replace('entry_terms(', 'stale_entry_terms('))).toBe(
      'registered',
    )
    await clients`drop function stale_entry_terms`
  })

  test('an update without the gate waits for entries under way, and entries wait for it', async () => {
    const { id } = await createOpenEvent(api.as(owner))
    const entering = await begin()
    await registerParticipants(runnerOf(entering), [prepared(id, 1)])
    const changing = await begin()
    const changed = changing`update events set status = 'cancelled' where id = ${id}`.then(() => true)
    await untilLockWait(api.sql)
    await entering`commit`
    expect(await changed).toBe(true)
    const late = registerParticipants(runnerOf(clients), [prepared(id, 2)])
    await untilLockWait(api.sql)
    await changing`commit`
    expect(await late).toMatchObject([{ verdict: 'cancelled' }])
    entering.release()
    changing.release()
  })

  test('an event with participants cannot be deleted, not even while its first entry is under way', async () => {
    const { id } = await createOpenEvent(api.as(owner))
    const entering = await begin()
    await registerParticipants(runnerOf(entering), [prepared(id, 1)])
    const deleting = clients`delete from events where id = ${id}`.catch((error) => error)
    await untilLockWait(api.sql)
    await entering`commit`
    entering.release()
    expect(await deleting).toMatchObject({ code: '23503', message: expect.stringContaining('participants') })
  })

  test('a lock waits for an entry under way and includes it in the list', async () => {
    const { id } = await createOpenEvent(api.as(owner))
    const entering = await begin()
    const [row] = await registerParticipants(runnerOf(entering), [prepared(id, 1)])
    expect(row?.verdict).toBe('registered')

    const locking = await begin()
    const listed = (async () => {
      await takeGate(locking, id)
      await lockRow(locking, id)
      const entries = await locking`select id from participants where event_id = ${id}`
      await locking`update events set status = 'locked' where id = ${id}`
      await locking`commit`
      return entries.length
    })()
    await untilLockWait(api.sql)
    await entering`commit`
    expect(await listed).toBe(1)
    entering.release()
    locking.release()
  })

  test('a stream of entries does not delay the lock for long, and every accepted entry is in its list', async () => {
    const { id } = await createOpenEvent(api.as(owner))
    let accepted = 0
    let locked = false
    let next = 0
    const stream = Array.from({ length: 64 }, async () => {
      while (!locked) {
        const [row] = await registerParticipants(runnerOf(clients), [prepared(id, next++)])
        if (row?.verdict === 'registered') accepted += 1
        else expect(row?.verdict).toBe('locked')
      }
    })
    const locking = await begin()
    const started = performance.now()
    await takeGate(locking, id)
    await lockRow(locking, id)
    const waited = performance.now() - started
    const [list] = await locking`select count(*)::int as count from participants where event_id = ${id}`
    await locking`update events set status = 'locked' where id = ${id}`
    await locking`commit`
    locking.release()
    locked = true
    await Promise.all(stream)
    expect(list?.count).toBe(accepted)
    expect(waited).toBeLessThan(5_000)
  })

  test('entries of other events are accepted while one event is being locked', async () => {
    const [locked, other] = [await createOpenEvent(api.as(owner)), await createOpenEvent(api.as(owner))]
    const locking = await begin()
    await takeGate(locking, locked.id)
    await lockRow(locking, locked.id)
    const caller = api.anonymous
    const waiting = [1, 2, 3, 4].map((n) => caller.participations.register(entryInput(locked.id, n)))
    await untilLockWait(api.sql)
    const waitingToo = [5, 6, 7, 8].map((n) => caller.participations.register(entryInput(locked.id, n)))
    for (let n = 0; n < 5; n++) await caller.participations.register(entryInput(other.id, n))
    await locking`commit`
    locking.release()
    expect((await Promise.all([...waiting, ...waitingToo])).length).toBe(8)
  })

  test('a visit can be marked before the lock and is rejected after it', async () => {
    const { id } = await createOpenEvent(api.as(owner))
    await api.anonymous.participations.register(entryInput(id, 1))
    await api.anonymous.participations.register(entryInput(id, 2))
    const staff = api.as(owner)
    const { items } = await staff.participants.list({ eventId: id })
    const [second, first] = items.map(({ participantId }) => participantId)
    const marked = await staff.participants.markVisit({ eventId: id, participantId: first ?? '' })
    expect(marked.visited).toBe(true)

    const locking = await begin()
    await takeGate(locking, id)
    await lockRow(locking, id)
    const marking = staff.participants
      .markVisit({ eventId: id, participantId: second ?? '' })
      .catch((error) => error.cause)
    await untilLockWait(api.sql)
    await locking`update events set status = 'locked' where id = ${id}`
    await locking`commit`
    locking.release()
    expect(await marking).toMatchObject({ code: 'CONFLICT', details: { reason: 'event-locked' } })
    const [row] =
      await clients`select count(*)::int as count from participants where event_id = ${id} and visited`
    expect(row?.count).toBe(1)
  })
})
