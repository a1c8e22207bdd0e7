import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { destroyParticipants } from '@eungmo/db/queries/destroy-participants'
import { afterAll, expect, test } from 'vitest'
import { destroyScope } from '../src/destruction/destroy-scope.ts'
import { createDestructionJournal } from '../src/destruction/journal/destruction-journal.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const directory = mkdtempSync(join(tmpdir(), 'eungmo-journal-'))
afterAll(() => rmSync(directory, { recursive: true }))

const {
  api,
  callers: { owner },
} = await startTwoShops()
const { db, log } = api.dependencies

let files = 0
/** The journal of a process that has just started. */
const startJournal = (path = join(directory, `${++files}.jsonl`)) => ({
  path,
  journal: createDestructionJournal({ db, path, log }),
})
const linesOf = (path: string): { id: string; participants: string[] }[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line))

/** An event in which one entry was destroyed early; the journal's file knows nothing of it yet. */
async function earlyDestruction(reason: 'withdrawn' | 'requested' = 'withdrawn') {
  const event = await createOpenEvent(owner)
  await enterParticipants(api.anonymous, event.id, 2)
  const [row] = await api.sql`select id from participants where event_id = ${event.id} order by id`
  const participantIds: string[] = [row?.id]
  await destroyParticipants(db, { eventId: event.id, reason, scope: { participantIds } })
  return { eventId: event.id, participantIds }
}
const journalIds = async () =>
  (await api.sql`select id from destruction_journal order by id`).map(({ id }) => id)

test('an early destruction is in the file when it resolves: opaque ids and times, readable by its owner alone', async () => {
  const { path, journal } = startJournal()
  const event = await createOpenEvent(owner)
  await enterParticipants(api.anonymous, event.id, 3)
  const dependencies = { ...api.dependencies, destructionJournal: journal }
  await destroyScope(dependencies, { eventId: event.id, reason: 'requested', scope: {} })
  const rows = await api.sql`select id from participants where event_id = ${event.id} order by id`
  const line = linesOf(path).find(({ participants }) => participants.includes(rows[0]?.id))
  expect(line).toEqual({
    v: 1,
    id: expect.any(String),
    at: expect.stringMatching(/^20\d\d-.*Z$/),
    event: event.id,
    reason: 'requested',
    participants: rows.map(({ id }) => id),
  })
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a destruction by date is not journaled', async () => {
  const { path, journal } = startJournal()
  const event = await createOpenEvent(owner)
  await enterParticipants(api.anonymous, event.id, 1)
  const dependencies = { ...api.dependencies, destructionJournal: journal }
  await destroyScope(dependencies, { eventId: event.id, reason: 'cancelled', scope: {} })
  await journal.write()
  expect(readFileSync(path, 'utf8')).not.toContain(event.id)
})

test('what a crash left between the commit and the file is written by the next start', async () => {
  const { participantIds } = await earlyDestruction()
  const { path, journal } = startJournal()
  await journal.write()
  expect(linesOf(path).flatMap(({ participants }) => participants)).toContain(participantIds[0])
  expect(
    linesOf(path)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(await journalIds())
})

test('a half-written last line is left alone, and the next one starts on a line of its own', async () => {
  const { path, journal } = startJournal()
  await journal.write()
  const before = linesOf(path)
  appendFileSync(path, '{"v":1,"id":"0190a6f0-00')
  const { participantIds } = await earlyDestruction()
  await journal.write()
  expect(linesOf(path)).toHaveLength(before.length + 1)
  expect(linesOf(path).at(-1)?.participants).toEqual(participantIds)
  expect(readFileSync(path, 'utf8')).toContain('{"v":1,"id":"0190a6f0-00\n{"v":1,')
})

test('two processes that share a file write each destruction once', async () => {
  const { path, journal } = startJournal()
  const other = startJournal(path).journal
  await journal.write()
  for (const writer of [journal, other, journal]) {
    await earlyDestruction()
    await writer.write()
  }
  await Promise.all([journal.write(), other.write(), journal.write()])
  expect(
    linesOf(path)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(await journalIds())
})

test('a file that was replaced is filled again', async () => {
  const { path, journal } = startJournal()
  await journal.write()
  const stored = readFileSync(path, 'utf8')
  for (const text of ['', `${stored.slice(0, 40)}${'x'.repeat(stored.length)}`]) {
    rmSync(path)
    writeFileSync(path, text)
    await journal.write()
    expect(linesOf(path)).toHaveLength((await journalIds()).length)
  }
})

test('while the file cannot be written the destruction stands, the journal is behind, and the next write catches up', async () => {
  const { path, journal } = startJournal(join(directory, 'missing', 'destructions.jsonl'))
  const { participantIds } = await earlyDestruction()
  await journal.write()
  expect(journal.isBehind()).toBe(true)
  mkdirSync(join(directory, 'missing'))
  await journal.write()
  expect(journal.isBehind()).toBe(false)
  expect(linesOf(path).flatMap(({ participants }) => participants)).toContain(participantIds[0])
})

test('without a file nothing is written, and a destruction is no different', async () => {
  const journal = createDestructionJournal({ db, path: undefined, log })
  await journal.write()
  expect(journal.isBehind()).toBe(false)
})
