import { receiptText } from '@eungmo/draw/receipts'
import { beforeAll, describe, expect, test } from 'vitest'
import { sealEnvelope } from '../src/crypto/envelope.ts'
import { parseSecretKeys } from '../src/crypto/key-ring.ts'
import { openPhone } from '../src/crypto/open-personal-envelopes.ts'
import { guessNumbers, type KnownEntry } from './support/attacker.ts'
import { drawNow } from './support/draws.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { findTexts, type StolenValue, stealDump } from './support/stolen-dump.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

const NAME = '제갈하늘누리'
const PHONE = '+821098765432'
const SPELLINGS = ['+821098765432', '01098765432', '010-9876-5432', '9876-5432', '98765432']
const SUBMISSION = '7d0f3a52-91c4-4f0e-8a6b-3c5d9e1f2a40'
/** The planted number in the middle of `count` neighbours. */
const neighbours = (count: number) =>
  Array.from({ length: count }, (_, n) => `+8210${98_765_432 - Math.floor(count / 2) + n}`)

let known: KnownEntry
let eventId: string
let participantId: string
let dump: StolenValue[]
/** What is published, and what an entrant saves. */
let published: StolenValue[]

beforeAll(async () => {
  const event = await createOpenEvent(owner, { winnerCount: 2, alternateCount: 1 })
  eventId = event.id
  const planted = { name: NAME, phoneNumber: '010-9876-5432', submissionId: SUBMISSION }
  const { applicationNumber, receipt } = await api.anonymous.participations.register(
    entryInput(eventId, 0, planted),
  )
  if (!receipt) throw new Error('no receipt')
  known = { eventId, applicationNumber, entryId: receipt.receipt.id }
  for (const n of [1, 2]) await api.anonymous.participations.register(entryInput(eventId, n))
  const selfCheck = { eventId, applicationNumber, phoneNumber: planted.phoneNumber }
  await api.anonymous.participations.selfCheck(selfCheck)
  const wrong = api.anonymous.participations.selfCheck({ ...selfCheck, phoneNumber: '010-9876-5433' })
  await expect(wrong).rejects.toThrow()
  const { drawLogId } = await drawNow(owner, { eventId, winnerCount: 2, visitBonus: false })
  await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined', note: `${NAME} 010-9876-5432` })
  const [row] = await api.sql`select id from participants where entry_id = ${known.entryId}`
  participantId = row?.id

  dump = await stealDump(api.sql)
  await api.sql`update events set starts_at = now() - interval '3 days', ends_at = now() - interval '2 days',
    announcement_date = now() - interval '1 day' where id = ${eventId}`
  const { inclusion } = await api.anonymous.participations.selfCheck({
    eventId,
    receipt: receiptText(receipt),
  })
  published = Object.entries({
    receipt,
    proof: { inclusion, receipt },
    cookie: doneCookie(),
    transcript: await api.anonymous.draws.transcript({ drawLogId }),
    list: await api.anonymous.draws.entries({ drawLogId }),
    chain: await api.anonymous.draws.chain({ eventId }),
    winners: await api.anonymous.winners.public({ slug: event.slug }),
    topic: (await api.sql`select payload from outbox`).map(({ payload }) => payload),
  }).map(([place, value]) => ({ place, value: JSON.stringify(value) }))
})

/** The cookie of the done page, as apps/web seals it. */
function doneCookie(): string {
  const plain = Buffer.from(JSON.stringify({ name: NAME, applicationNumber: known.applicationNumber }))
  return Buffer.from(sealEnvelope(api.dependencies.secrets, 'done', eventId, plain)).toString('base64url')
}

/** A row as the first construction stored it: name and salt in clear beside the entry's id. */
function formerRow(): StolenValue[] {
  const envelope = dump.find(({ place, value }) => place === 'participants.phone_number' && isPlanted(value))
  const { salt } = openPhone(
    api.dependencies.secrets,
    { eventId, participantId },
    Buffer.from(envelope?.value ?? ''),
  )
  return [
    { place: 'participants.name', value: NAME },
    { place: 'participants.entry_salt', value: salt },
  ]
}

/** Whether an envelope is the planted entry's, which only the key ring tells. */
function isPlanted(envelope: string | Uint8Array): boolean {
  try {
    openPhone(api.dependencies.secrets, { eventId, participantId }, Buffer.from(envelope))
    return true
  } catch {
    return false
  }
}

/** The values of the planted entry's rows: bytes of others cannot be its salt. */
const ownValues = (values: readonly StolenValue[]) =>
  values.filter(({ place }) => /^(participants|draw_winners|attempt_budgets|outbox)\./.test(place))

describe('a dump', () => {
  test('holds no name, number, note or submission id', () => {
    expect(findTexts([...dump, ...formerRow()], [NAME])).toEqual(['participants.name'])
    expect(findTexts(dump, [NAME, ...SPELLINGS, SUBMISSION, SUBMISSION.replaceAll('-', '')])).toEqual([])
  })

  test('names nobody: no stored bytes are a salt or a key that confirms a number', () => {
    expect(guessNumbers(formerRow(), known, neighbours(100_000))).toEqual([PHONE])
    expect(guessNumbers(ownValues(dump), known, neighbours(20))).toEqual([])
  })

  test('opens with no key that is stored in it', () => {
    const envelopes = dump.filter(({ place }) => place === 'participants.phone_number')
    const keys = dump.flatMap(({ value }) => {
      const bytes = Buffer.from(value)
      return Array.from({ length: Math.max(0, Math.min(bytes.length, 256) - 31) }, (_, at) =>
        bytes.subarray(at, at + 32),
      )
    })
    expect(keys.length).toBeGreaterThan(100)
    const opens = (secret: Uint8Array) => {
      const ring = parseSecretKeys(`test:${Buffer.from(secret).toString('base64')}`)
      return envelopes.some(({ value }) => {
        try {
          openPhone(ring, { eventId, participantId }, Buffer.from(value))
          return true
        } catch {
          return false
        }
      })
    }
    expect(opens(Buffer.alloc(32, 7))).toBe(true)
    expect(keys.some(opens)).toBe(false)
  })
})

describe('what is published or saved', () => {
  test('gives no number and no name, alone and beside the dump', () => {
    const formerReceipt = { place: 'receipt', value: JSON.stringify({ salt: saltText() }) }
    expect(guessNumbers([formerReceipt], known, neighbours(1_000))).toEqual([PHONE])
    expect(findTexts(published, [NAME, ...SPELLINGS])).toEqual([])
    expect(guessNumbers(published, known, neighbours(6))).toEqual([])
    expect(guessNumbers([...published, ...ownValues(dump)], known, neighbours(4))).toEqual([])
  })
})

const saltText = () => Buffer.from(formerRow()[1]?.value ?? '').toString('hex')
