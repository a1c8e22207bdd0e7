import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createNoticeSender } from '../src/notices/send-due-notices.ts'
import { TEST_SECRET_KEYS } from './support/api-fixture.ts'
import { openHours, startNotices } from './support/notices.ts'
import { drawnEvent } from './support/withdrawals.ts'

const {
  api,
  solapi,
  states,
  callers: { owner },
} = await startNotices()

const WAIT = { timeout: 60_000, interval: 20 }
const running: ChildProcess[] = []

function startProcess(): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support/notice-process.ts')], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: api.url,
      SECRET_KEYS: TEST_SECRET_KEYS,
      SOLAPI_URL: solapi.url,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  running.push(child)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

beforeEach(() => {
  solapi.accepted.length = 0
})
afterEach(async () => {
  solapi.whenAccepted(() => undefined)
  await Promise.all(running.splice(0).map(kill))
})

/** A drawn event whose two notices wait. */
async function queueTwo(): Promise<string> {
  const { event } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 0 })
  await owner.notices.send({ eventId: event.id, locale: 'ko' })
  return event.id
}

/** Lets 30 seconds pass since a process stored that it sends. */
const passTimeout = (eventId: string) =>
  api.sql`update notices set changed_at = changed_at - interval '31 seconds' where event_id = ${eventId}`

const hasArrivedOnce = () => {
  const numbers = solapi.accepted.map(({ to }) => to)
  expect(new Set(numbers).size).toBe(numbers.length)
}

test('killed before it takes a notice, the next process sends it', { timeout: 120_000 }, async () => {
  const eventId = await queueTwo()
  await api.sql.begin(async (tx) => {
    // A locked notice is left alone.
    await tx`select 1 from notices where event_id = ${eventId} for update`
    const first = startProcess()
    await vi.waitFor(async () => {
      const [row] = await api.sql`select count(*)::int as count from pg_stat_activity
        where datname = current_database() and application_name = 'eungmo jobs'`
      expect(row?.count).toBe(1)
    }, WAIT)
    await kill(first)
  })
  expect(await states(eventId)).toEqual({ waiting: 2 })
  startProcess()
  await vi.waitFor(async () => expect(await states(eventId)).toEqual({ sent: 2 }), WAIT)
  hasArrivedOnce()
})

test('killed between the stored "sending" and the request, the notices are unknown and nothing is sent', {
  timeout: 120_000,
}, async () => {
  const eventId = await queueTwo()
  // As the process leaves them: stored as sending, and no request made.
  await api.sql`update notices set state = 'sending', attempts = 1, changed_at = now()
    where event_id = ${eventId} and kind = 'won'`
  await passTimeout(eventId)
  startProcess()
  await vi.waitFor(async () => expect(await states(eventId)).toEqual({ unknown: 2 }), WAIT)
  expect(solapi.accepted).toEqual([])
})

test('killed after the provider accepted, the notices are unknown, and only a press sends them again', {
  timeout: 120_000,
}, async () => {
  const eventId = await queueTwo()
  let killed: Promise<void> | undefined
  // The response is held back until the process is dead.
  solapi.whenAccepted(async () => {
    killed ??= Promise.all(running.map(kill)).then(() => undefined)
    await killed
  })
  startProcess()
  await vi.waitFor(() => expect(solapi.accepted).toHaveLength(2), WAIT)
  await killed
  expect(await states(eventId)).toEqual({ sending: 2 })
  solapi.whenAccepted(() => undefined)
  await passTimeout(eventId)
  const next = startProcess()
  await vi.waitFor(async () => expect(await states(eventId)).toEqual({ unknown: 2 }), WAIT)
  hasArrivedOnce()
  expect(next.exitCode).toBeNull()
  await owner.notices.repeat({ eventId })
  await vi.waitFor(async () => expect(await states(eventId)).toEqual({ sent: 2 }), WAIT)
  expect(solapi.accepted).toHaveLength(4)
})

test('killed after it stored the outcome, nothing is sent again', { timeout: 120_000 }, async () => {
  const eventId = await queueTwo()
  const first = startProcess()
  await vi.waitFor(async () => expect(await states(eventId)).toEqual({ sent: 2 }), WAIT)
  await kill(first)
  await passTimeout(eventId)
  startProcess()
  const another = await queueTwo()
  await vi.waitFor(async () => expect(await states(another)).toEqual({ sent: 2 }), WAIT)
  expect(await states(eventId)).toEqual({ sent: 2 })
  expect(solapi.accepted).toHaveLength(4)
})

test('of two processes one sends, and nothing goes out twice', { timeout: 120_000 }, async () => {
  const replicas = [startProcess(), startProcess()]
  const events = await Promise.all([queueTwo(), queueTwo(), queueTwo()])
  for (const eventId of events)
    await vi.waitFor(async () => expect(await states(eventId)).toEqual({ sent: 2 }), WAIT)
  expect(solapi.accepted).toHaveLength(6)
  expect(replicas.map(({ exitCode }) => exitCode)).toEqual([null, null])
})

test('two senders at once, as after a lost lease, share the notices and send none twice', async () => {
  const events = await Promise.all([queueTwo(), queueTwo(), queueTwo()])
  const run = { now: openHours(), signal: new AbortController().signal }
  const senders = [1, 2, 3].map(() => createNoticeSender(api.dependencies))
  await Promise.all(senders.map((send) => send(run)))
  for (const eventId of events) expect((await states(eventId)).waiting).toBeUndefined()
  expect(solapi.accepted).toHaveLength(6)
})
