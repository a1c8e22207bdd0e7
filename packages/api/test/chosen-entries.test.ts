import { createHmac } from 'node:crypto'
import { uuidFromText } from '@eungmo/messaging/contract/uuid-from-text'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { entryInput, registration } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

const CHOSEN = 10_000
const VICTIMS = 500
/** 8 bytes include the first two behind the head of an envelope. */
const PREFIX_LENGTHS = [2, 8]
const NAMES = ['김하', '김하늘', '남궁하늘', '황보하늘누리별']

interface Person {
  phoneNumber: string
  name: string
}

/** A person whose last four digits, kind of number and length of name do not depend on each other. */
const person = (middle: number, tail: number, kind: number, name: number): Person => ({
  phoneNumber:
    kind % 2 === 0
      ? `+8210${String(1_000 + middle)}${String(tail).padStart(4, '0')}`
      : `+822${String(100 + (middle % 900))}${String(tail).padStart(4, '0')}`,
  name: NAMES[name % NAMES.length] ?? '',
})

/** Every last four digits once, as an attacker would choose them. */
const chosen = Array.from({ length: CHOSEN }, (_, n) => person(n % 97, n, n % 7, n % 11))
const victims = Array.from({ length: VICTIMS }, (_, n) => person(200 + n, (n * 7_919) % 10_000, n, n >> 1))

/** A row as the attacker sees it: the bytes of each column. */
type Row = Record<string, Uint8Array>

const properties = {
  lastFour: ({ phoneNumber }: Person) => phoneNumber.slice(-4),
  kind: ({ phoneNumber }: Person) => String(phoneNumber.startsWith('+8210')),
  nameLength: ({ name }: Person) => String(name.length),
}

interface Rows {
  chosen: readonly Row[]
  victims: readonly Row[]
}

/** The chosen entries whose column begins as each victim's does, and has the same length. */
function sharers({ chosen: rows, victims: targets }: Rows, column: string, length: number): number[][] {
  const prefixOf = (row: Row) => {
    const bytes = row[column] ?? new Uint8Array()
    return `${bytes.length} ${Buffer.from(bytes.subarray(0, length)).toString('latin1')}`
  }
  const byPrefix = Map.groupBy(rows.keys(), (at) => prefixOf(rows[at] ?? {}))
  return targets.map((row) => byPrefix.get(prefixOf(row)) ?? [])
}

/** How many victims the commonest value among the chosen entries with the same prefix tells of. */
function predicted(shared: readonly number[][], property: (person: Person) => string): number {
  const values = chosen.map(property)
  const guessOf = new Map<number[], string>()
  for (const group of new Set(shared)) {
    const counts = Map.groupBy(group, (at) => values[at] ?? '')
    const [commonest] = [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? []
    if (commonest !== undefined) guessOf.set(group, commonest)
  }
  return victims.filter((victim, at) => guessOf.get(shared[at] ?? []) === property(victim)).length
}

/** What chance alone gives, and 4.5 standard deviations more. */
const atMost = (share: number) => VICTIMS * share + 4.5 * Math.sqrt(VICTIMS * share * (1 - share)) + 1

let stored: Rows
let eventId: string

beforeAll(async () => {
  eventId = (await createOpenEvent(owner)).id
  const enter = async (people: readonly Person[]) => {
    const ids: string[] = []
    for (let from = 0; from < people.length; from += 500) {
      const entered = people.slice(from, from + 500).map((each) =>
        api.dependencies.registrar.register({
          ...each,
          eventId,
          entryPath: 'SNS',
          visitToken: null,
          submissionId: crypto.randomUUID(),
          consentVersion: null,
        }),
      )
      ids.push(...(await Promise.all(entered)).map(({ participantId }) => participantId))
    }
    return ids
  }
  const ids = { chosen: await enter(chosen), victims: await enter(victims) }
  const rows =
    await api.sql`select id, name, phone_number, phone_index, uuid_send(submission_id) as submission_id,
    convert_to(entry_id, 'UTF8') as entry_id, convert_to(application_number, 'UTF8') as application_number
    from participants where event_id = ${eventId}`
  const byId = new Map(rows.map(({ id, ...columns }): [string, Row] => [id, columns]))
  const rowsOf = (list: readonly string[]) => list.map((id) => byId.get(id) ?? {})
  stored = { chosen: rowsOf(ids.chosen), victims: rowsOf(ids.victims) }
  expect(stored.chosen.length + stored.victims.length).toBe(CHOSEN + VICTIMS)
}, 120_000)

/** The index as it was first: 8 bytes of a keyed hash of the last four digits in front. */
const formerIndex = ({ phoneNumber }: Person): Row => ({
  phone_index: createHmac('sha256', 'key')
    .update(`tail\0${eventId}\0${phoneNumber.slice(-4)}`)
    .digest()
    .subarray(0, 8),
})

describe('an attacker who reads the database and sends entries of his own', () => {
  test('learns no last four digits, no kind of number and no length of a name from stored prefixes', () => {
    const former = { chosen: chosen.map(formerIndex), victims: victims.map(formerIndex) }
    expect(predicted(sharers(former, 'phone_index', 8), properties.lastFour)).toBe(VICTIMS)
    const clearNames = {
      chosen: chosen.map(({ name }) => ({ name: Buffer.from(name) })),
      victims: victims.map(({ name }) => ({ name: Buffer.from(name) })),
    }
    expect(predicted(sharers(clearNames, 'name', 2), properties.nameLength)).toBe(VICTIMS)

    for (const column of Object.keys(stored.chosen[0] ?? {}))
      for (const length of PREFIX_LENGTHS) {
        const shared = sharers(stored, column, length)
        const hits = (property: (person: Person) => string) => predicted(shared, property)
        expect(hits(properties.lastFour), `${column}, ${length} bytes`).toBeLessThanOrEqual(
          atMost(1 / 10_000),
        )
        expect(hits(properties.kind), `${column}, ${length} bytes`).toBeLessThanOrEqual(atMost(1 / 2))
        expect(hits(properties.nameLength), `${column}, ${length} bytes`).toBeLessThanOrEqual(atMost(1 / 4))
      }
  })

  test('confirms nothing with a submission id from the dump', async () => {
    const submissionId = crypto.randomUUID()
    const victim = entryInput(eventId, 1)
    const enter = (sent: object) => api.rest('POST', '/participations', { body: { ...victim, ...sent } })
    const first = await enter({ submissionId })
    expect(first.status).toBe(201)
    // With the id as it was sent, which was what the database held, the response confirms the number.
    expect(await enter({ submissionId })).toMatchObject({ status: 201, body: first.body })
    const [row] = await api.sql`
      select submission_id from participants
      where event_id = ${eventId} and application_number = ${first.body.applicationNumber}`
    const stolen = row?.submission_id
    expect(stolen).not.toBe(submissionId)
    for (const id of [String(stolen), crypto.randomUUID()]) {
      const sent = { ...registration(eventId, 1), submissionId: id }
      await expectApiError(api.dependencies.registrar.register(sent), 'ALREADY_PARTICIPATED')
    }
  })

  test('finds no number that was sent as an Idempotency-Key: it must be a UUID', async () => {
    // Any text was hashed without a key, so that the numbers could be tried.
    const former = uuidFromText('eungmo/idempotency-key\u0000010-1234-5678')
    const tried = ['010-1234-5677', '010-1234-5678', '010-1234-5679']
    expect(tried.filter((phone) => uuidFromText(`eungmo/idempotency-key\0${phone}`) === former)).toEqual([
      '010-1234-5678',
    ])
    const { status } = await api.rest('POST', '/participations', {
      body: entryInput(eventId, 3),
      headers: { 'Idempotency-Key': '010-1234-5678' },
    })
    expect(status).toBe(400)
  })
})
