import { entryId } from '@eungmo/draw/list'
import { describe, expect, test } from 'vitest'
import { finishDraw } from '../src/draws/finish-draw.ts'
import { lockEvent } from '../src/draws/lock-event.ts'
import { personOf } from '../src/personal-data/derive.ts'
import { drawNow, verifiedDraw } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants, entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'
import { withdraw } from './support/withdrawals.ts'

const {
  api,
  members: { owner: viewer },
  callers: { owner },
} = await startTwoShops()
const { participations } = api.anonymous

const storedOf = async (eventId: string) =>
  api.sql`select * from participants where event_id = ${eventId} order by id`

describe('before the draw', () => {
  test('a withdrawal destroys the data at once, and the entry stays in the list without tickets', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 1 })
    const entries = await enterParticipants(api.anonymous, event.id, 3)
    const [first] = entries
    if (!first?.receipt) throw new Error('no receipt')
    expect(await withdraw(api, event.id, first)).toMatchObject({
      alreadyWithdrawn: false,
      mayEnterAgain: true,
    })
    const [row] = await storedOf(event.id)
    expect(row).toMatchObject({
      name: null,
      phone_number: null,
      phone_index: null,
      submission_id: null,
      application_number: null,
      exclusion_reason: 5,
      entry_path: 'SNS',
    })
    for (const at of [row?.withdrawn_at, row?.participated_at, row?.consented_at])
      expect(new Date(at).toISOString()).toMatch(/:00:00\.000Z$/)
    const records = await api.sql`select reason, count from destruction_records where event_id = ${event.id}`
    expect([...records]).toEqual([{ reason: 'withdrawn', count: 1 }])
    const { applicationNumber, phoneNumber } = first
    await expectApiError(
      participations.ownData({ eventId: event.id, applicationNumber, phoneNumber }),
      'NOT_FOUND',
    )

    const { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount: 1, visitBonus: false })
    const { transcript, entries: list, verification } = await verifiedDraw(api, drawLogId)
    expect(list).toContainEqual({ id: first.receipt.receipt.id, tickets: 0, reason: 5 })
    expect(list).toHaveLength(3)
    expect(verification).toMatchObject({ ok: true })
    expect(transcript.records.map(({ type }) => type)).not.toContain('withdraw')
  })

  test('the same phone number may enter again, and nothing joins the two rows', async () => {
    const event = await createOpenEvent(owner)
    const [first] = await enterParticipants(api.anonymous, event.id, 1)
    if (!first) throw new Error('not entered')
    const submission = entryInput(event.id, 0, { submissionId: Bun.randomUUIDv7() })
    await expectApiError(participations.register(submission), 'ALREADY_PARTICIPATED')
    const [before] = await storedOf(event.id)
    await withdraw(api, event.id, first)
    const again = await participations.register(submission)
    expect(again.applicationNumber).not.toBe(first.applicationNumber)
    const [old, now, ...others] = await storedOf(event.id)
    expect(others).toEqual([])

    const text = (value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)
    const isEqual = (column: string) => old?.[column] !== null && text(old?.[column]) === text(now?.[column])
    const shared = Object.keys(old ?? {}).filter(
      (column) => typeof old?.[column] !== 'boolean' && isEqual(column),
    )
    // Facts of the event, or true of most entries, as is what is yes or no.
    expect(shared.toSorted()).toEqual(['consent_version', 'entry_path', 'event_id', 'rules_seq'])
    // The number's index is of one event, and stands in the new row alone.
    const gone = ['name', 'phone_number', 'phone_index', 'application_number', 'submission_id']
    const left = Object.values(old ?? {}).map(text)
    for (const column of gone) if (before?.[column]) expect(left).not.toContain(text(before[column]))
    // Nor does the number with everything that the new row opens to, keys included, lead to the old entry.
    const subject = { eventId: event.id, participantId: String(now?.id) }
    const person = personOf(api.dependencies.secrets, subject, now?.phone_number)
    expect(entryId(event.id, again.applicationNumber, person)).toBe(now?.entry_id)
    expect(entryId(event.id, first.applicationNumber, person)).not.toBe(old?.entry_id)
  })

  test('counts stay as they are', async () => {
    const event = await createOpenEvent(owner)
    const entries = await enterParticipants(api.anonymous, event.id, 2)
    const [first] = entries
    if (!first) throw new Error('not entered')
    await withdraw(api, event.id, first)
    const { entries: all, eligible } = await owner.draws.preview({ eventId: event.id })
    expect({ all, eligible }).toEqual({ all: 2, eligible: 1 })
    const [row] =
      await api.sql`select count(*)::int as messages from outbox where payload ->> 'eventId' = ${event.id}`
    expect(row).toEqual({ messages: 2 })
  })

  test('a cancelled event lets its entrants withdraw too', async () => {
    const event = await createOpenEvent(owner)
    const [first] = await enterParticipants(api.anonymous, event.id, 1)
    await owner.events.cancel({ eventId: event.id })
    if (!first) throw new Error('not entered')
    expect(await withdraw(api, event.id, first)).toMatchObject({
      alreadyWithdrawn: false,
      mayEnterAgain: false,
    })
    expect((await storedOf(event.id))[0]).toMatchObject({ name: null })
  })

  test('a second press says that it is done', async () => {
    const event = await createOpenEvent(owner)
    const [first] = await enterParticipants(api.anonymous, event.id, 1)
    if (!first) throw new Error('not entered')
    const { applicationNumber, phoneNumber } = first
    const { proof } = await participations.ownData({ eventId: event.id, applicationNumber, phoneNumber })
    expect(await participations.withdraw({ eventId: event.id, proof })).toMatchObject({
      alreadyWithdrawn: false,
    })
    for (let press = 0; press < 2; press++)
      expect(await participations.withdraw({ eventId: event.id, proof })).toMatchObject({
        alreadyWithdrawn: true,
        message: '이미 취소한 응모예요. 개인정보는 남아 있지 않아요',
      })
    const records = await api.sql`select count from destruction_records where event_id = ${event.id}`
    expect([...records]).toEqual([{ count: 1 }])
  })
})

describe('between lock and result', () => {
  test('the data goes at once, and the result’s transaction writes the withdraw record', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 2, alternateCount: 2 })
    const entries = await enterParticipants(api.anonymous, event.id, 6)
    const { drawLogId } = await lockEvent(api.dependencies, viewer, {
      eventId: event.id,
      winnerCount: 2,
      visitBonus: 0,
    })
    // Everybody but one: whichever entry is drawn was withdrawn.
    const stays = entries[5]?.applicationNumber
    for (const entry of entries.slice(0, 5))
      expect(await withdraw(api, event.id, entry)).toMatchObject({
        alreadyWithdrawn: false,
        mayEnterAgain: false,
      })
    expect((await storedOf(event.id)).filter(({ name }) => name !== null)).toHaveLength(1)
    expect((await storedOf(event.id)).map(({ exclusion_reason: reason }) => reason)).toEqual(Array(6).fill(0))
    expect(await finishDraw(api.dependencies, { drawLogId, signature: null })).toBe(true)

    const { transcript } = await verifiedDraw(api, drawLogId)
    const types = transcript.records.map(({ type }) => type)
    expect(types.slice(types.indexOf('result') + 1).every((type) => type === 'withdraw')).toBe(true)
    const holders = await api.sql`select p.application_number as number, w.standing from draw_winners w
      join participants p on p.id = w.participant_id and p.event_id = w.event_id where w.event_id = ${event.id}`
    for (const { number, standing } of holders)
      expect([number, standing]).toEqual(number === null ? [null, 'withdrawn'] : [stays, 'selected'])
  })
})
