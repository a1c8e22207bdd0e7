import { readClock } from '@eungmo/db/queries/clock'
import { beforeAll, expect, test } from 'vitest'
import { expireAttempts } from '../src/attempts/attempt-budget.ts'
import { destroyDue } from '../src/destruction/destroy-due.ts'
import { announceDaysAgo } from './support/age-event.ts'
import type { KnownEntry } from './support/attacker.ts'
import { guessWithKeys } from './support/attacker-with-keys.ts'
import { drawNow } from './support/draws.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { type StolenValue, stealDump } from './support/stolen-dump.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()
const { db, secrets } = api.dependencies

const PHONE = '+821098765432'
const CANDIDATES = [-2, -1, 0, 1, 2].map((by) => `+8210${98_765_432 + by}`)

/** What the entrant saved, and what is public. */
let published: StolenValue[]
let known: KnownEntry
let participantId: string

/** The values of the entrant's rows: bytes of others cannot be the entrant's salt. */
const ownRows = async () =>
  (await stealDump(api.sql)).filter(({ place }) =>
    /^(participants|draw_winners|attempt_budgets|outbox|destruction_\w+)\./.test(place),
  )
const guessFrom = (stolen: readonly StolenValue[]) =>
  guessWithKeys(stolen, { known, participantId, keys: secrets }, CANDIDATES)
/** With all that an attacker may hold: every key, the rows, the receipt, the transcript, and numbers to try. */
const guess = async () => guessFrom([...published, ...(await ownRows())])

beforeAll(async () => {
  const event = await createOpenEvent(owner, { winnerCount: 1, alternateCount: 0 })
  const entry = entryInput(event.id, 0, { phoneNumber: '010-9876-5432' })
  const { applicationNumber, receipt } = await api.anonymous.participations.register(entry)
  if (!receipt) throw new Error('no receipt')
  known = { eventId: event.id, applicationNumber, entryId: receipt.receipt.id }
  // The number with another application number: a budget of attempts remembers it for a day.
  const wrong = { eventId: event.id, applicationNumber: 'K7M2-9QXA', phoneNumber: entry.phoneNumber }
  await expect(api.anonymous.participations.selfCheck(wrong)).rejects.toThrow()
  const { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount: 1, visitBonus: false })
  const [row] = await api.sql`select id from participants where entry_id = ${known.entryId}`
  participantId = row?.id
  const { anonymous } = api
  published = Object.entries({
    receipt,
    transcript: await anonymous.draws.transcript({ drawLogId }),
    list: await anonymous.draws.entries({ drawLogId }),
  }).map(([place, value]) => ({ place, value: JSON.stringify(value) }))
})

test('a destroyed row fits every phone: keys, receipt and transcript confirm none, which confirmed one before', async () => {
  const rows = await ownRows()
  expect(guessFrom([...published, ...rows])).toEqual({ envelope: [PHONE], keyedHash: [PHONE], salt: [PHONE] })
  for (const place of ['participants.phone_index', 'attempt_budgets.key'])
    expect(guessFrom(rows.filter((value) => value.place === place)).keyedHash, place).toEqual([PHONE])

  await api.sql`update attempt_budgets set expires_at = now() - interval '1 second'`
  await expireAttempts({ db })
  await announceDaysAgo(api, known.eventId, 91)
  expect(await destroyDue(api.dependencies, { now: await readClock(db) })).toBe(1)
  expect(await guess()).toEqual({ envelope: [], keyedHash: [], salt: [] })
})
