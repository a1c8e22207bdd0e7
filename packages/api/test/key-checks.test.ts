import { fileURLToPath } from 'node:url'
import { keyName } from '@eungmo/config/secret-keys'
import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import { afterEach, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest'
import { createDependencies } from '../src/dependencies.ts'
import { checkKeys, UnsuitableKeysError } from '../src/key-checks/check-keys.ts'
import { type ApiFixture, startApi } from './support/api-fixture.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'

const keyOf = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`
const [k1, other, k2] = [keyOf('k1', 1), keyOf('k1', 9), keyOf('k2', 2)]
const named = keyOf(keyName(new Uint8Array(32).fill(3)), 3)
const OTHER_SECRET =
  'SECRET_KEYS: "k1" is not the key this database was written with; put the original one back.'
const MISSING =
  'SECRET_KEYS: "k1" is missing, and this database was written with it; add it at the end of the list.'

let api: ApiFixture

beforeEach(async () => {
  api = await startApi(inject('postgresUrl'), { secretKeys: k1 })
})
afterEach(() => api.close())

/** Runs the check of a process with these SECRET_KEYS on the database; resolves to its sentence, or null. */
async function start(secretKeys: string, databaseUrl = api.url): Promise<string | null> {
  const { log, publicUrl } = api.dependencies
  const { dependencies, close } = createDependencies({ databaseUrl, secretKeys, publicUrl, log })
  try {
    await checkKeys(dependencies)
    return null
  } catch (error) {
    if (!(error instanceof UnsuitableKeysError)) throw error
    return error.message
  } finally {
    await close()
  }
}

const stored = async () =>
  (await api.sql`select key_id, value from key_checks order by key_id`).map(({ key_id: id, value }) => [
    id,
    value.toString('hex'),
  ])
/** Of 32 bytes of 01, as Python's hmac computes it. */
const CHECK_VALUE = '64d8ea5df207e6db708e5cec0682f876'
const forget = () => api.sql`delete from key_checks`

/** An event with one entry: its seed and the entry's phone number are encrypted. */
async function createEntry() {
  const { owner } = await api.createShop()
  const event = await createOpenEvent(api.as(owner))
  await enterParticipants(api.anonymous, event.id, 1)
  return event
}

describe('at the start', () => {
  test('the first one stores the check value of every key, and later ones accept the same keys', async () => {
    expect(await start(`${k1},${k2},${named}`)).toBeNull()
    expect(await stored()).toHaveLength(3)
    expect(await stored()).toContainEqual(['k1', CHECK_VALUE])
    expect(await start(`${k2},${named},${k1}`)).toBeNull()
    expect(await stored()).toHaveLength(3)
  })

  test('another secret under the name of a key gets one sentence, and nothing is stored', async () => {
    expect(await start(k1)).toBeNull()
    expect(await start(other)).toBe(OTHER_SECRET)
    expect(await start(`${k2},${other}`)).toBe(OTHER_SECRET)
    expect(await stored()).toEqual([['k1', CHECK_VALUE]])
  })

  test('a key that is missing gets one sentence, and the new one is not stored', async () => {
    expect(await start(k1)).toBeNull()
    expect(await start(k2)).toBe(MISSING)
    expect(await stored()).toEqual([['k1', CHECK_VALUE]])
    expect(await start(`${k2},${k1}`)).toBeNull()
  })

  test('a retired key may be missing, and only that one', async () => {
    expect(await start(`${k2},${k1}`)).toBeNull()
    await api.sql`update key_checks set retired_at = now() where key_id = 'k1'`
    expect(await start(k2)).toBeNull()
    expect(await start(`${k2},${other}`)).toBe(OTHER_SECRET)
    expect(await start(k1)).toBe(MISSING.replace('k1', 'k2'))
  })

  test('a retired key that is the newest again may not be missing any more', async () => {
    expect(await start(`${k2},${k1}`)).toBeNull()
    await api.sql`update key_checks set retired_at = now() where key_id = 'k1'`
    expect(await start(`${k1},${k2}`)).toBeNull()
    expect(await start(k2)).toBe(MISSING)
  })

  test('the key of an event must be there, though the database has no check value', async () => {
    await createEntry()
    await forget()
    expect(await start(k2)).toBe(MISSING)
    expect(await stored()).toEqual([])
  })

  test.each([
    ['an event’s seed', 'update participants set phone_number = null'],
    ['a phone number', 'update events set seed_ciphertext = null'],
  ])('without check values, the key must open %s', async (_, withoutTheOther) => {
    await createEntry()
    await forget()
    await api.sql.unsafe(withoutTheOther)
    expect(await start(other)).toBe(OTHER_SECRET)
    expect(await stored()).toEqual([])
    expect(await start(k1)).toBeNull()
    expect(await stored()).toEqual([['k1', CHECK_VALUE]])
  })

  test('of two processes with different secrets under one name, the first alone starts', async () => {
    const results = await Promise.all([start(k1), start(other), start(k1), start(other)])
    expect(results.filter((sentence) => sentence === null)).toHaveLength(2)
    expect(results.filter((sentence) => sentence === OTHER_SECRET)).toHaveLength(2)
  })

  test('a database without tables gets one sentence', async () => {
    const empty = await createTestDatabase(inject('postgresUrl'))
    expect(await start(k1, empty.url)).toBe(
      'DATABASE_URL leads to a database without the tables of this version; run `bun run migrate` first.',
    )
    await empty.drop()
  })

  test.each([
    ['the jobs’ process', 'jobs/main.ts', `jobs: ${OTHER_SECRET}\n`],
    ['the command', 'key-checks/main.ts', `${OTHER_SECRET}\n`],
  ])('%s ends with the sentence and the code 1', async (_, file, sentence) => {
    expect(await start(k1)).toBeNull()
    const program = fileURLToPath(new URL(`../src/${file}`, import.meta.url))
    const child = Bun.spawn([process.execPath, program], {
      env: { PATH: process.env.PATH, DATABASE_URL: api.url, SECRET_KEYS: other, LOG_LEVEL: 'silent' },
      stderr: 'pipe',
    })
    onTestFinished(() => child.kill())
    expect(await new Response(child.stderr).text()).toBe(sentence)
    expect(await child.exited).toBe(1)
  })
})
