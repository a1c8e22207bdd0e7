import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAffected } from '../src/operator/list-affected.ts'
import { runOperator } from './support/operator-command.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner },
} = await startTwoShops()
const { db, secrets } = api.dependencies

const PURPOSE = '유출 통지'
const COUNT = 450
const directory = mkdtempSync(join(tmpdir(), 'affected-'))
afterAll(() => rmSync(directory, { recursive: true }))

let eventId: string
let entered: Awaited<ReturnType<typeof enterParticipants>>
beforeAll(async () => {
  eventId = (await createOpenEvent(owner)).id
  entered = await enterParticipants(api.anonymous, eventId, COUNT)
})

let files = 0
const newFile = () => join(directory, `list-${++files}.csv`)
const linesSince = (id: string) => api.sql`select * from access_log where id > ${id}::uuid order by id`

test('everybody is in a new file that only its owner reads, and the access log says so', async () => {
  const before = Bun.randomUUIDv7()
  const file = newFile()
  const message = await listAffected({ db, secrets }, { event: eventId, purpose: PURPOSE, file })
  expect(message).toBe(`Wrote ${COUNT} people to ${file}.`)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n')
  expect(lines).toHaveLength(COUNT + 1)
  for (const { applicationNumber, phoneNumber } of entered)
    expect(lines.some((line) => line.includes(applicationNumber) && line.includes(phoneNumber))).toBe(true)
  expect(await linesSince(before)).toMatchObject([
    {
      action: 'list-affected',
      shop_id: members.owner.shopId,
      actor_kind: 'operator',
      actor_id: null,
      event_id: eventId,
      people: COUNT,
      purpose: PURPOSE,
    },
  ])
})

test('an existing file, also a link, is never overwritten, and nothing is read or logged', async () => {
  const before = Bun.randomUUIDv7()
  const [file, target, link] = [newFile(), newFile(), newFile()]
  writeFileSync(file, 'mine')
  writeFileSync(target, 'mine')
  symlinkSync(target, link)
  for (const taken of [file, link]) {
    const writing = listAffected({ db, secrets }, { event: eventId, purpose: PURPOSE, file: taken })
    await expect(writing).rejects.toThrow('cannot be created')
  }
  expect([readFileSync(file, 'utf8'), readFileSync(target, 'utf8')]).toEqual(['mine', 'mine'])
  expect(await linesSince(before)).toEqual([])
})

test('where the access log cannot be written, no file stays', async () => {
  const [withoutLog, existing] = [newFile(), readdirSync(directory)]
  await api.sql`alter table access_log rename to moved_access_log`
  try {
    const writing = listAffected({ db, secrets }, { event: eventId, purpose: PURPOSE, file: withoutLog })
    await expect(writing).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  } finally {
    await api.sql`alter table moved_access_log rename to access_log`
  }
  expect(readdirSync(directory)).toEqual(existing)
})

test('whose data was destroyed is counted, and not listed', async () => {
  const event = await createOpenEvent(owner)
  const [gone] = await enterParticipants(api.anonymous, event.id, 3)
  await api.sql`update participants set name = null, phone_number = null, application_number = null
    where event_id = ${event.id} and application_number = ${gone?.applicationNumber ?? ''}`
  const file = newFile()
  expect(await listAffected({ db, secrets }, { event: event.id, purpose: PURPOSE, file })).toBe(
    `Wrote 2 people to ${file}. The data of 1 more was destroyed before.`,
  )
  expect(readFileSync(file, 'utf8').trimEnd().split('\r\n')).toHaveLength(3)
})

test('the command prints no one, and needs the keys, an event and a purpose', async () => {
  const file = newFile()
  const keys = { SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}` }
  const words = ['--event', eventId, '--purpose', PURPOSE, '--file', file]
  expect(await runOperator(api.url, 'list-affected', words, keys)).toEqual({
    exitCode: 0,
    stdout: `Wrote ${COUNT} people to ${file}.\n`,
    stderr: '',
  })
  expect(await runOperator(api.url, 'list-affected', words)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('SECRET_KEYS'),
  })
  const otherKeys = { SECRET_KEYS: `test:${Buffer.alloc(32, 8).toString('base64')}` }
  const unread = ['--event', eventId, '--purpose', PURPOSE, '--file', newFile()]
  expect(await runOperator(api.url, 'list-affected', unread, otherKeys)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('is not the key this database was written with'),
  })
  for (const wrong of [[], ['--event', eventId], ['--event', 'x', '--purpose', PURPOSE]])
    expect(await runOperator(api.url, 'list-affected', wrong, keys)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Usage: bun run breach-list'),
    })
  const unknown = ['--event', Bun.randomUUIDv7(), '--purpose', PURPOSE, '--file', newFile()]
  expect(await runOperator(api.url, 'list-affected', unknown, keys)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^No event has the id/),
  })
})
