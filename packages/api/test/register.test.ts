import { describe, expect, test } from 'vitest'
import { parseApplicationNumber } from '../src/validation/application-number.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const { api, callers } = await startTwoShops()
const eventId = (await createOpenEvent(callers.owner)).id

const post = (body: unknown, headers: Record<string, string> = {}) =>
  api.rest('POST', '/participations', { body, headers })

const rowsOf = (event: string) => api.sql`select * from participants where event_id = ${event} order by id`

describe('POST /participations', () => {
  test('a new entry gets 201 with its application number, and participant and message are stored together', async () => {
    const response = await post(entryInput(eventId, 1))
    expect(response.status).toBe(201)
    expect(response.body.message).toBe('참여해주셔서 감사합니다')
    expect(parseApplicationNumber(response.body.applicationNumber)).toBe(response.body.applicationNumber)
    expect(Date.parse(response.body.announcementDate)).toBeGreaterThan(Date.now())
    expect(Object.keys(response.body).sort()).toEqual([
      'announcementDate',
      'applicationNumber',
      'message',
      'receipt',
    ])

    const [row] = await rowsOf(eventId)
    const [message] = await api.sql`select * from outbox where message_id = ${row?.id}`
    expect(message?.event_type).toBe('ParticipantRegistered')
    expect(message?.key).toBe(row?.id)
    expect(message?.payload).toEqual({
      participantId: row?.id,
      eventId,
      entryPath: 'SNS',
      timestamp: new Date(row?.participated_at).toISOString(),
    })
    expect(row?.id[14]).toBe('7')
    expect(row?.consented_at).toEqual(row?.participated_at)
    expect(row?.consent_version).toBe(1)
    expect(row?.rules_seq).toBe(0)
    expect(Buffer.from(row?.phone_number).toString('latin1')).not.toContain('10')
  })

  test('a second entry with the same phone number in any format gets 409 without the application number', async () => {
    await post(entryInput(eventId, 2, { phoneNumber: '010-1234-5678' }))
    for (const phoneNumber of [
      '01012345678',
      '+82 10-1234-5678',
      '010.1234.5678',
      '８２１０１２３４５６７８',
    ]) {
      const response = await post(entryInput(eventId, 2, { phoneNumber }))
      expect(response.status, phoneNumber).toBe(409)
      expect(response.body).toEqual({ message: '이미 참여하신 이벤트입니다', code: 'ALREADY_PARTICIPATED' })
    }
  })

  test('an Idempotency-Key that is not a UUID gets 400, and nothing is stored', async () => {
    for (const key of ['order 17 / retry', '010-1234-5678', 'k'.repeat(256)]) {
      const { status, body } = await post(entryInput(eventId, 255), { 'Idempotency-Key': key })
      expect(status, key).toBe(400)
      expect(body.fields).toMatchObject([{ field: 'Idempotency-Key', code: 'invalid' }])
      const withId = { ...entryInput(eventId, 255), submissionId: crypto.randomUUID() }
      expect((await post(withId, { 'Idempotency-Key': key })).status, key).toBe(400)
    }
    expect((await post(entryInput(eventId, 255))).status).toBe(201)
  })

  test('a retry with the same key gets the first 201, another key 409, the same key with another phone a new entry', async () => {
    const key = { 'Idempotency-Key': '6f1c1d52-4d0c-4b51-9a51-5ad0f9a0a001' }
    const first = await post(entryInput(eventId, 3), key)
    const again = await post(entryInput(eventId, 3), key)
    expect(again).toMatchObject({ status: 201, body: first.body })
    const other = await post(entryInput(eventId, 3), { 'Idempotency-Key': crypto.randomUUID() })
    expect(other.status).toBe(409)
    const another = await post(entryInput(eventId, 4), key)
    expect(another.status).toBe(201)
    expect(another.body.applicationNumber).not.toBe(first.body.applicationNumber)
  })

  test('the receipt in the 201 equals the one created later from the stored entry', async () => {
    const event = await createOpenEvent(callers.owner)
    const { applicationNumber, receipt } = await api.anonymous.participations.register(
      entryInput(event.id, 9),
    )
    const later = await api.anonymous.participations.receipt({
      eventId: event.id,
      applicationNumber,
      phoneNumber: entryInput(event.id, 9).phoneNumber,
    })
    expect(receipt).toEqual(later)
    expect(receipt?.receipt).toMatchObject({ eventId: event.id, applicationNumber, visited: 0, n: 0 })

    const key = { 'Idempotency-Key': crypto.randomUUID() }
    await post(entryInput(event.id, 10), key)
    const { items } = await callers.owner.participants.list({ eventId: event.id, limit: 1 })
    await callers.owner.participants.markVisit({
      eventId: event.id,
      participantId: items[0]?.participantId ?? '',
    })
    const again = await post(entryInput(event.id, 10), key)
    expect(again.body.receipt.receipt).toMatchObject({ visited: 1, n: 1 })
  })

  test('the event id is accepted in upper and lower case', async () => {
    const event = await createOpenEvent(callers.owner)
    expect((await post(entryInput(event.id.toUpperCase(), 1))).status).toBe(201)
    expect((await post(entryInput(event.id, 1))).status).toBe(409)
    const { items } = await callers.owner.participants.list({ eventId: event.id })
    // The list is masked.
    expect(items.map((item) => item.phoneNumber)).toEqual(['010-••••-0001'])
  })

  test.each([
    ['a name of one character', { name: '김' }, 'name', 'name.too_short'],
    ['a name of spaces', { name: '    ' }, 'name', 'name.too_short'],
    ['51 characters', { name: '가'.repeat(51) }, 'name', 'name.too_long'],
    ['control characters', { name: '김\u0000은모' }, 'name', 'name.invalid'],
    ['no phone number', { phoneNumber: undefined }, 'phoneNumber', 'required'],
    ['a short phone number', { phoneNumber: '010-123' }, 'phoneNumber', 'phone.invalid'],
    ['a 010 number of ten digits', { phoneNumber: '010-123-4567' }, 'phoneNumber', 'phone.invalid'],
    ['a surplus digit', { phoneNumber: '010-1234-56789' }, 'phoneNumber', 'phone.invalid'],
    ['a 050 number', { phoneNumber: '0507-1234-5678' }, 'phoneNumber', 'phone.safe_number'],
    ['a foreign phone number', { phoneNumber: '+1 212 555 0100' }, 'phoneNumber', 'phone.invalid'],
    ['no consent', { privacyConsent: false }, 'privacyConsent', 'consent.required'],
    ['consent as text', { privacyConsent: 'true' }, 'privacyConsent', 'consent.required'],
    ['no entry path', { entryPath: undefined }, 'entryPath', 'entry_path.required'],
    ['an unknown entry path', { entryPath: '라디오' }, 'entryPath', 'entry_path.unknown'],
    ['a code instead of the path', { entryPath: 'sns' }, 'entryPath', 'entry_path.unknown'],
    ['매장 방문 without a token', { entryPath: '매장 방문' }, 'entryPath', 'visit_token.required'],
    ['a malformed event id', { eventId: 'x' }, 'eventId', 'invalid'],
  ])('%s gets 400 with the name of the field', async (_, changes, field, code) => {
    const response = await post(entryInput(eventId, 100, changes))
    expect(response.status).toBe(400)
    expect(response.body.code).toBe('VALIDATION_FAILED')
    expect(response.body.fields).toMatchObject([{ field, code }])
    expect(response.body.fields[0].message.length).toBeGreaterThan(3)
  })

  test('all invalid fields are reported at once', async () => {
    const response = await post({})
    expect(response.status).toBe(400)
    expect(response.body.fields.map(({ field }: { field: string }) => field)).toEqual([
      'eventId',
      'name',
      'phoneNumber',
      'privacyConsent',
    ])
  })

  test('the token of the in-store link counts as a visit; without it an entry path is required', async () => {
    const [event] = await api.sql`select visit_token from events where id = ${eventId}`
    const visitToken = event?.visit_token
    await post(entryInput(eventId, 200, { visitToken, entryPath: undefined }))
    await post(entryInput(eventId, 201, { visitToken, entryPath: '매장 방문' }))
    await post(entryInput(eventId, 202, { visitToken: 'older', entryPath: 'SNS' }))
    const rejected = await post(entryInput(eventId, 203, { visitToken: 'older', entryPath: undefined }))
    expect(rejected.body.fields).toMatchObject([{ field: 'entryPath', code: 'visit_token.invalid' }])
    const rows = (await rowsOf(eventId)).slice(-3)
    expect(rows.map((row) => [row.entry_path, row.visited, row.visited_at !== null])).toEqual([
      ['매장 방문', true, true],
      ['매장 방문', true, true],
      ['SNS', false, false],
    ])
  })

  test('an unknown event and a draft get 404', async () => {
    expect((await post(entryInput(Bun.randomUUIDv7(), 1))).status).toBe(404)
    const draft = await callers.owner.events.create(eventInput())
    expect((await post(entryInput(draft.id, 1))).body.code).toBe('NOT_FOUND')
  })

  test('entries before the start, after the end, after the lock and after a cancellation get 409, each with its own message; a retry still gets its 201', async () => {
    const { sql } = api.dependencies
    const event = await createOpenEvent(callers.owner)
    const key = { 'Idempotency-Key': crypto.randomUUID() }
    const first = await post(entryInput(event.id, 1), key)
    await sql`update events set starts_at = now() + interval '1 hour' where id = ${event.id}`
    const early = await post(entryInput(event.id, 2))
    await sql`update events set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour' where id = ${event.id}`
    const late = await post(entryInput(event.id, 3))
    const retried = await post(entryInput(event.id, 1), key)
    await sql`update events set status = 'locked' where id = ${event.id}`
    const locked = await post(entryInput(event.id, 4))
    await sql`update events set status = 'cancelled' where id = ${event.id}`
    const cancelled = await post(entryInput(event.id, 5))
    expect([early.status, late.status, locked.status, cancelled.status]).toEqual([409, 409, 409, 409])
    expect([early.body.code, late.body.code]).toEqual(['EVENT_NOT_OPEN', 'EVENT_CLOSED'])
    expect(early.body.startsAt).toBeDefined()
    const messages = [early, late, locked, cancelled].map(({ body }) => body.message)
    expect(new Set(messages).size).toBe(4)
    expect(retried).toMatchObject({ status: 201, body: first.body })
    expect((await rowsOf(event.id)).length).toBe(1)
  })

  test('64 simultaneous entries with the same phone number get one 201 and 63 times 409', async () => {
    const event = await createOpenEvent(callers.owner)
    const responses = await Promise.all(Array.from({ length: 64 }, () => post(entryInput(event.id, 7))))
    expect(responses.filter(({ status }) => status === 201).length).toBe(1)
    expect(responses.filter(({ status }) => status === 409).length).toBe(63)
    expect((await rowsOf(event.id)).length).toBe(1)
    const [{ count } = { count: -1 }] = await api.sql`
      select count(*)::int from outbox where payload->>'eventId' = ${event.id}`
    expect(count).toBe(1)
  })

  test('64 simultaneous entries with the same idempotency key get the same 201', async () => {
    const event = await createOpenEvent(callers.owner)
    const key = { 'Idempotency-Key': '6f1c1d52-4d0c-4b51-9a51-5ad0f9a0a002' }
    const responses = await Promise.all(Array.from({ length: 64 }, () => post(entryInput(event.id, 7), key)))
    expect(new Set(responses.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(responses[0]?.status).toBe(201)
    expect((await rowsOf(event.id)).length).toBe(1)
  })

  test('the same phone number can enter two events', async () => {
    const [a, b] = [await createOpenEvent(callers.owner), await createOpenEvent(callers.owner)]
    const responses = await Promise.all(
      [a, b, a, b].map(({ id }, n) => post(entryInput(id, Math.floor(n / 2)))),
    )
    expect(responses.map(({ status }) => status)).toEqual([201, 201, 201, 201])
  })

  test('an English request gets English messages', async () => {
    const response = await api.rest('POST', '/participations', {
      body: entryInput(eventId, 1),
      context: { locale: 'en' },
    })
    expect(response.body).toMatchObject({
      code: 'ALREADY_PARTICIPATED',
      message: 'You have already entered this event',
    })
  })
})
