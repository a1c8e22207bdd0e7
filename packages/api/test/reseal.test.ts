import { RESEAL_LOCK } from '@eungmo/db/connection/advisory-locks'
import { acquireLease } from '@eungmo/db/connection/lease'
import { readClock } from '@eungmo/db/queries/clock'
import { destroyParticipants } from '@eungmo/db/queries/destroy-participants'
import { countEnvelopes, listSealedTables } from '@eungmo/db/queries/sealed-rows'
import { receiptText } from '@eungmo/draw/receipts'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { fillSealedParticipants } from '../bench/fill-sealed-participants.ts'
import { parseSecretKeys } from '../src/crypto/key-ring.ts'
import { sealName } from '../src/crypto/personal-envelopes.ts'
import { destroyDue } from '../src/destruction/destroy-due.ts'
import { checkKeys } from '../src/key-checks/check-keys.ts'
import { resealAll } from '../src/reseal/reseal.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { type ApiFixture, startApi } from './support/api-fixture.ts'
import { verifiedDraw } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { createStory, k1, k2, resultOf, rotated, runCommand, startProcess } from './support/rotation.ts'
import { enterParticipants, entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { stealDump } from './support/stolen-dump.ts'

let api: ApiFixture

beforeEach(async () => {
  api = await startApi(inject('postgresUrl'), { secretKeys: k1 })
  await checkKeys(api.dependencies)
})
afterEach(() => api.close())

const running = new AbortController().signal
const reseal = (secretKeys = rotated) =>
  resealAll({ ...api.dependencies, secrets: parseSecretKeys(secretKeys) }, running)

/** Columns with envelopes under each key. */
async function columnsByKey() {
  const counts = await countEnvelopes(api.dependencies.db)
  const byKey = Map.groupBy(counts, ({ keyId }) => keyId)
  return Object.fromEntries(
    [...byKey].map(([keyId, found]) => [
      keyId,
      found.map(({ table, column }) => `${table}.${column}`).toSorted(),
    ]),
  )
}
const everySealedColumn = async () =>
  (await listSealedTables(api.dependencies.db))
    .flatMap(({ name, columns }) => columns.map(({ column }) => `${name}.${column}`))
    .toSorted()

/** How many participants have a phone number under a key, k1 or k2. */
async function countUnder(keyId: string): Promise<number> {
  const [row] = await api.sql<{ count: number }[]>`select count(*)::int as count from participants
    where substring(phone_number from 3 for 2) = ${Buffer.from(keyId)}`
  return row?.count ?? 0
}

/** An open event with many participants under k1. */
async function fill(count: number): Promise<string> {
  const { owner } = await api.createShop()
  const { id: eventId } = await createOpenEvent(api.as(owner))
  await fillSealedParticipants(api.sql, api.dependencies.secrets, { eventId, count })
  return eventId
}

test('every column of envelopes is under the newest key afterwards, and reads as before', async () => {
  const { members, event, drawLogId } = await createStory(api)
  expect(await columnsByKey()).toEqual({ k1: await everySealedColumn() })
  const read = async (secretKeys: string) => {
    const owner = (await startProcess(api, secretKeys)).as(members.owner)
    const { items } = await owner.participants.list({ eventId: event.id })
    return { items, draw: await owner.draws.get({ drawLogId }) }
  }
  const before = await read(k1)
  expect(JSON.stringify(before)).toContain('전화를 안 받음')
  expect(await reseal()).toMatchObject([
    { table: 'participants', resealed: 6, inUse: 0, unreadable: [] },
    { table: 'draw_winners', resealed: 1 },
    { table: 'claims', resealed: 1 },
    { table: 'contact_attempts', resealed: 1 },
    { table: 'events', resealed: 1 },
  ])
  expect(await columnsByKey()).toEqual({ k2: await everySealedColumn() })
  expect(await read(rotated)).toEqual(before)
  const owner = (await startProcess(api, rotated)).as(members.owner)
  await owner.draws.redraw({ drawLogId, ranks: [2], reason: '연락 안 됨' })
  await verifiedDraw(api, drawLogId)
  expect(await reseal()).toMatchObject(Array(5).fill({ resealed: 0 }))
})

test('no other column holds an envelope', async () => {
  await createStory(api)
  const head = Buffer.from([2, 2, ...Buffer.from('k1')])
  const places = (await stealDump(api.sql))
    .filter(({ value }) => value instanceof Uint8Array && head.equals(value.subarray(0, head.length)))
    .map(({ place }) => place)
  expect([...new Set(places)].toSorted()).toEqual(await everySealedColumn())
})

test('what is destroyed or corrected while it runs never returns', async () => {
  const { members, event } = await createStory(api)
  const { db, sql } = api.dependencies
  const [destroyed = '', corrected = ''] = (
    await sql<{ id: string }[]>`select id from participants where event_id = ${event.id} order by id`
  ).map(({ id }) => id)
  const subject = { eventId: event.id, participantId: corrected }
  const name = Buffer.from(sealName(parseSecretKeys(k1), subject, '김바르게'))
  const { resealing } = await db.transaction(async (tx) => {
    const scope = { participantIds: [destroyed] }
    await destroyParticipants(tx, { eventId: event.id, reason: 'not-won', scope })
    return sql.begin(async (other) => {
      await other`update participants set name = ${name} where id = ${corrected}`
      const started = reseal()
      await vi.waitUntil(async () => (await countUnder('k2')) === 4, { timeout: 10_000, interval: 5 })
      return { resealing: started }
    })
  })
  expect((await resealing)[0]).toMatchObject({ resealed: 5, inUse: 0 })
  const rows = await sql`select name, phone_number from participants where id = ${destroyed}`
  expect(rows).toEqual([{ name: null, phone_number: null }])
  const owner = (await startProcess(api, rotated)).as(members.owner)
  const { items } = await owner.participants.list({ eventId: event.id })
  expect(items.find(({ participantId }) => participantId === corrected)?.name).toBe('김바르게')
})

test('what entrants withdraw and correct while keys change back and forth is what stays', async () => {
  const { owner } = await api.createShop()
  const event = await createOpenEvent(api.as(owner))
  const entries = await enterParticipants(api.anonymous, event.id, 24)
  const { anonymous, as } = await startProcess(api, rotated)
  const { participations } = anonymous
  const proofs = await Promise.all(
    entries.map(({ applicationNumber, phoneNumber }) =>
      participations.ownData({ eventId: event.id, applicationNumber, phoneNumber }),
    ),
  )
  let isOver = false
  const changingKeys = (async () => {
    while (!isOver) for (const keys of [rotated, `${k1},${k2}`]) await reseal(keys)
  })()
  for (const [n, { proof }] of proofs.entries())
    await (n % 2 === 0
      ? participations.withdraw({ eventId: event.id, proof })
      : participations.correctName({ eventId: event.id, proof, name: `바른이름${n}` }))
  isOver = true
  await changingKeys
  await reseal()
  expect(await columnsByKey()).not.toHaveProperty('k1')
  const { items } = await as(owner).participants.list({ eventId: event.id })
  expect(items.map(({ name, phoneNumber }) => [name, phoneNumber?.slice(-4) ?? null]).toReversed()).toEqual(
    entries.map(({ phoneNumber }, n) =>
      n % 2 === 0 ? [null, null] : [`바른이름${n}`, phoneNumber.slice(-4)],
    ),
  )
})

test('an event is sealed again while others change it', async () => {
  const { event } = await createStory(api)
  const change = () => api.sql`update events set updated_at = now() where id = ${event.id}`
  const [outcomes] = await Promise.all([reseal(), ...Array.from({ length: 50 }, change)])
  expect(outcomes.at(-1)).toMatchObject({ table: 'events', resealed: 1, inUse: 0 })
})

test('a run that is killed is continued by the next one', async () => {
  const count = 8_000
  const eventId = await fill(count)
  const first = runCommand(api)
  await vi.waitUntil(async () => (await countUnder('k2')) > 0, { timeout: 20_000, interval: 5 })
  first.kill('SIGKILL')
  await first.exited
  const left = await countUnder('k1')
  expect(left).toBeGreaterThan(0)
  const second = await resultOf(runCommand(api))
  expect(second).toMatchObject({ err: '', code: 0 })
  expect(second.lines[0]).toBe(`participants: rows encrypted with "k2": ${left}.`)
  expect(await countUnder('k1')).toBe(0)
  const { anonymous } = await startProcess(api, rotated)
  const again = anonymous.participations.register(entryInput(eventId, 0))
  await expectApiError(again, 'ALREADY_PARTICIPATED')
})

test('two runs at once seal every row once, and the command lets only one run', async () => {
  await fill(5_000)
  const outcomes = await Promise.all([reseal(), reseal()])
  const counts = outcomes.map(([participants]) => participants?.resealed ?? 0)
  expect(counts.reduce((a, b) => a + b)).toBe(5_000)
  expect(await countUnder('k2')).toBe(5_000)

  const lease = await acquireLease(api.url, RESEAL_LOCK, running)
  expect(await resultOf(runCommand(api))).toEqual({
    lines: [''],
    err: 'Another `bun run reseal` is running: wait for its end.\n',
    code: 1,
  })
  await lease?.release()
})

test('an envelope that no key opens is named, and the others are sealed again', async () => {
  const { event } = await createStory(api)
  const [row] =
    await api.sql`update participants set phone_number = set_byte(phone_number, 30, 255 - get_byte(phone_number, 30))
    where id = (select id from participants where event_id = ${event.id} limit 1) returning id`
  const { lines, code } = await resultOf(runCommand(api))
  expect(lines).toContain(
    `participants.phone_number ${event.id}/${row?.id} opens with no key of SECRET_KEYS.`,
  )
  expect(lines.at(-1)).toMatch(/needed by participants.phone_number \(1\), events that started with it/)
  expect(code).toBe(1)
})

test('a key is dropped once nothing needs it, and old receipts and draws still verify', async () => {
  const { event, entries, drawLogId } = await createStory(api)
  const first = await resultOf(runCommand(api))
  expect(first.code).toBe(0)
  expect(first.lines.at(-1)).toMatch(
    /^"k1" is still needed by events that started with it \(1, until \d+ \w+ \d{4} at the latest\)\.$/,
  )
  await expect(startProcess(api, k2)).rejects.toThrow('"k1" is missing')

  await announceDaysAgo(api, event.id, 91)
  await destroyDue(api.dependencies, { now: await readClock(api.dependencies.db) })
  const second = await resultOf(runCommand(api))
  expect(second.lines.at(-1)).toBe('"k1" is needed by nothing: remove it from SECRET_KEYS.')

  const { anonymous } = await startProcess(api, k2)
  for (const { receipt } of entries) {
    if (!receipt) throw new Error('no receipt')
    const check = await anonymous.participations.selfCheck({
      eventId: event.id,
      receipt: receiptText(receipt),
    })
    expect(check).toMatchObject({ shows: 'list-status', missing: false })
  }
  await verifiedDraw(api, drawLogId)
  expect((await resultOf(runCommand(api, k2))).lines).toHaveLength(5)
})
