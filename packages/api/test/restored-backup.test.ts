import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readClock } from '@eungmo/db/queries/clock'
import { destroyParticipants } from '@eungmo/db/queries/destroy-participants'
import { afterAll, expect, test } from 'vitest'
import type { Dependencies } from '../src/dependencies.ts'
import { destroyBeforeServing } from '../src/destruction/before-serving.ts'
import { destroyRequested } from '../src/destruction/destroy-due.ts'
import { createDestructionJournal } from '../src/destruction/journal/destruction-journal.ts'
import { createCaller } from '../src/router.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { TEST_SECRET_KEYS } from './support/api-fixture.ts'
import { backUp } from './support/back-up.ts'
import { drawNow } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { startOn, startProcess } from './support/restored-process.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const directory = mkdtempSync(join(tmpdir(), 'eungmo-restored-'))
afterAll(() => rmSync(directory, { recursive: true }))

const {
  api,
  members,
  callers: { owner },
} = await startTwoShops()
const { db, log } = api.dependencies

/** How many participants of each event are stored whole, and how many the records of destruction count. */
async function state({ sql }: Pick<Dependencies, 'sql'>, eventIds: readonly string[]) {
  const rows = await sql<{ id: string; stored: number; recorded: number }[]>`
    select e.id, (select count(*)::int from participants p where p.event_id = e.id and p.name is not null) as stored,
      (select coalesce(sum(count), 0)::int from destruction_records r where r.event_id = e.id) as recorded
    from events e where e.id = any(${[...eventIds]})`
  const found = new Map(rows.map(({ id, stored, recorded }) => [id, [stored, recorded]]))
  return eventIds.map((id) => found.get(id) ?? 'no such event')
}

/** Destroys the first or last `count` entries of an event early, with a journal at `path`. */
async function destroyEarly(
  eventId: string,
  [order, count]: ['asc' | 'desc', number],
  path: string,
): Promise<void> {
  const rows = await api.sql<{ id: string }[]>`select id from participants
    where event_id = ${eventId} order by id ${api.sql.unsafe(order)} limit ${count}`
  const participantIds = rows.map(({ id }) => id)
  await destroyParticipants(db, { eventId, reason: 'requested', scope: { participantIds } })
  await createDestructionJournal({ db, path, log }).write()
}

test('a restored backup is destroyed again before it serves: by date, and early from the journal', async () => {
  const path = join(directory, 'destructions.jsonl')
  const early = await createOpenEvent(owner)
  const dated = await createOpenEvent(owner)
  const untouched = await createOpenEvent(owner)
  for (const { id } of [early, dated, untouched]) await enterParticipants(api.anonymous, id, 3)
  const restore = await backUp(api.url)
  // After the backup: one more entry, destroyed early with two of before; an event of its own; and a date is over.
  const later = await createOpenEvent(owner)
  const eventIds = [early.id, dated.id, untouched.id, later.id]
  await enterParticipants(api.anonymous, early.id, 1, 100)
  await enterParticipants(api.anonymous, later.id, 2)
  await destroyEarly(early.id, ['asc', 2], path)
  await destroyEarly(early.id, ['desc', 1], path)
  await destroyEarly(later.id, ['asc', 1], path)
  expect(await state(api.dependencies, eventIds)).toEqual([
    [1, 3],
    [3, 0],
    [3, 0],
    [1, 1],
  ])
  const journal = readFileSync(path, 'utf8')

  const without = startOn(await restore(), undefined)
  await without.serve()
  expect(await state(without, eventIds), 'without a journal they are back').toEqual([
    [3, 0],
    [3, 0],
    [3, 0],
    'no such event',
  ])

  const url = await restore()
  const first = startOn(url, path)
  await announceDaysAgo(first, dated.id, 22)
  const second = startOn(url, path)
  await Promise.all([first.serve(), second.serve()])
  const destroyed = [[1, 2], [0, 3], [3, 0], 'no such event']
  expect(await state(first, eventIds)).toEqual(destroyed)
  await startOn(url, path).serve()
  expect(await state(first, eventIds)).toEqual(destroyed)
  expect(readFileSync(path, 'utf8')).toBe(journal)
})

test('an owner who destroyed the data of a drawn event early finds it destroyed, and draws nothing more', async () => {
  const path = join(directory, 'requested.jsonl')
  const event = await createOpenEvent(owner, { alternateCount: 1 })
  await enterParticipants(api.anonymous, event.id, 3)
  const { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount: 2, visitBonus: false })
  await announceDaysAgo(api, event.id, 15)
  const restore = await backUp(api.url)
  await owner.destruction.destroyEarly({ eventId: event.id, title: event.title })
  const original = startProcess(api.url, path)
  await destroyRequested(original, { now: await readClock(db) })
  expect(readFileSync(path, 'utf8')).toContain(event.id)

  const restored = startOn(await restore(), path)
  expect(await state(restored, [event.id])).toEqual([[3, 0]])
  await restored.serve()
  expect(await state(restored, [event.id])).toEqual([[0, 3]])
  const caller = createCaller(api.contextOf(members.owner, { dependencies: restored }))
  const redraw = caller.draws.redraw({ drawLogId, ranks: [1], reason: '연락 안 됨' })
  await expectApiError(redraw, 'DATA_DESTROYED')
})

/** Runs `bun run destructions`, whose database is set. */
function runCommand(databaseUrl: string, ...words: string[]) {
  const program = join(import.meta.dirname, '../src/destruction/journal/main.ts')
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl, SECRET_KEYS: TEST_SECRET_KEYS }
  const { stdout, stderr, exitCode } = Bun.spawnSync([process.execPath, program, ...words], { env })
  return { stdout: stdout.toString(), stderr: stderr.toString(), exitCode }
}

test('the command exports what was destroyed early, and replays a file as often as one likes, but for damaged lines', async () => {
  const path = join(directory, 'exported.jsonl')
  const event = await createOpenEvent(owner)
  await enterParticipants(api.anonymous, event.id, 3)
  const restore = await backUp(api.url)
  await destroyEarly(event.id, ['asc', 1], join(directory, 'journal.jsonl'))
  const exported = runCommand(api.url, 'export')
  expect(exported).toMatchObject({ stderr: '', exitCode: 0 })
  expect(exported.stdout).toBe(readFileSync(join(directory, 'journal.jsonl'), 'utf8'))

  const url = await restore()
  writeFileSync(path, `{"v":1,"id":"broken\n${exported.stdout}{"v":1,"id":"half written`)
  const stderr = 'Lines that cannot be read: 1.\n'
  const outcome = (lines: number, people: number) => ({
    stdout: `Early destructions that the database lacked: ${lines}, of people: ${people}.\n`,
    stderr,
    exitCode: 1,
  })
  expect(runCommand(url, 'replay', path)).toEqual(outcome(1, 1))
  expect(runCommand(url, 'replay', path)).toEqual(outcome(0, 0))
  expect(await state(startProcess(url, undefined), [event.id])).toEqual([[2, 1]])
  expect(runCommand(url, 'import', path)).toEqual({
    stdout: '',
    stderr: 'Usage: bun run destructions export > FILE | replay FILE\n',
    exitCode: 1,
  })
  expect(runCommand(url, 'replay', join(directory, 'missing'))).toMatchObject({
    stderr: expect.stringMatching(/cannot be opened \(ENOENT\)\n$/),
    exitCode: 1,
  })
})

test('a journal that cannot be opened stops the start with one sentence', async () => {
  const path = join(directory, 'missing', 'destructions.jsonl')
  await expect(startOn(api.url, path).serve()).rejects.toThrow(
    new Error(`The journal of destructions ${path} cannot be opened (ENOENT)`),
  )
})

test('an event that cannot be destroyed is logged, and does not stop the start', async () => {
  const broken = await createOpenEvent(owner)
  const dated = await createOpenEvent(owner)
  for (const { id } of [broken, dated]) {
    await enterParticipants(api.anonymous, id, 1)
    await announceDaysAgo(api, id, 22)
  }
  await api.sql`update events set key_id = 'gone' where id = ${broken.id}`
  const errors: string[] = []
  const process = startProcess(api.url, undefined)
  process.log = { ...log, error: (_, message) => void errors.push(message) }
  await destroyBeforeServing(process, api.url)
  expect(errors).toEqual(['serving although not all personal data that is due was destroyed'])
  expect(await state(process, [broken.id, dated.id])).toEqual([
    [1, 0],
    [0, 1],
  ])
})
