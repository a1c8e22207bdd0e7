import { describe, expect, test } from 'vitest'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent, eventInput, inHours } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
  members,
} = await startTwoShops()

const post = (body: unknown, headers: Record<string, string> = {}) =>
  api.rest('POST', '/participations', { body, headers })
const consentOf = async (eventId: string) => (await api.rest('GET', `/events/${eventId}`)).body.consent
const storedVersions = async (eventId: string) => {
  const rows = await api.sql<{ version: number }[]>`
    select consent_version as version from participants where event_id = ${eventId} order by id`
  return rows.map(({ version }) => version)
}
const createEvent = () => createOpenEvent(owner, { announcementDate: inHours(30 * 24) })
/** Moves the announcement to an earlier day, which changes the text. */
const changeText = (eventId: string, days = 20) =>
  owner.events.update({ eventId, announcementDate: inHours(days * 24) })

describe('the consent text over REST', () => {
  test('GET /events/{eventId} has the text in force in both languages, as the entry page shows it', async () => {
    const event = await createEvent()
    const page = await api.anonymous.events.getBySlug({ slug: event.slug })
    const { version, text } = page.consent
    expect(version).toBe(1)
    expect(await consentOf(event.id)).toEqual({ version, text })
    await changeText(event.id)
    const changed = await consentOf(event.id)
    expect(changed.version).toBe(2)
    expect(changed.text.ko).not.toBe(page.consent.text.ko)
    expect(changed.text.en).not.toBe(page.consent.text.en)
  })

  test('a draft shows its own shop the text that publication will store', async () => {
    const { id } = await owner.events.create(eventInput())
    const draft = await api.rest('GET', `/events/${id}`, { viewer: members.owner })
    await owner.events.publish({ eventId: id })
    expect(await consentOf(id)).toEqual(draft.body.consent)
  })
})

describe('POST /participations with consentVersion', () => {
  test('the newest version is stored with the entry, and an entry without one is stored with the newest', async () => {
    const { id } = await createEvent()
    expect((await post(entryInput(id, 1, { consentVersion: 1 }))).status).toBe(201)
    await changeText(id)
    expect((await post(entryInput(id, 2, { consentVersion: 2 }))).status).toBe(201)
    expect((await post(entryInput(id, 3))).status).toBe(201)
    expect(await storedVersions(id)).toEqual([1, 2, 2])
  })

  test('any other version gets 409 CONSENT_CHANGED, and nothing is stored', async () => {
    const { id } = await createEvent()
    await changeText(id)
    for (const consentVersion of [1, 3, 2_147_483_647]) {
      const { status, body } = await post(entryInput(id, 1, { consentVersion }))
      expect(status, String(consentVersion)).toBe(409)
      expect(body).toEqual({
        code: 'CONSENT_CHANGED',
        message: '개인정보 안내가 바뀌었어요. 새 안내를 읽고 다시 동의해 주세요',
      })
    }
    expect(await storedVersions(id)).toEqual([])
    const messages = await api.sql`select 1 from outbox where payload->>'eventId' = ${id}`
    expect(messages).toHaveLength(0)
  })

  test.each([0, -1, 1.5, '1', 2_147_483_648, null])('the version %j gets 400', async (consentVersion) => {
    const { id } = await createEvent()
    const { status, body } = await post(entryInput(id, 1, { consentVersion }))
    expect(status).toBe(400)
    expect(body.fields).toMatchObject([{ field: 'consentVersion' }])
  })

  test('a retry of a stored entry gets its first response, although the text has changed since', async () => {
    const { id } = await createEvent()
    const key = { 'Idempotency-Key': crypto.randomUUID() }
    const first = await post(entryInput(id, 1, { consentVersion: 1 }), key)
    await changeText(id)
    const again = await post(entryInput(id, 1, { consentVersion: 1 }), key)
    expect(again).toMatchObject({ status: 201, body: { applicationNumber: first.body.applicationNumber } })
    expect((await post(entryInput(id, 1, { consentVersion: 1 }))).body.code).toBe('CONSENT_CHANGED')
    expect(await storedVersions(id)).toEqual([1])
  })

  test('while the text changes, no entry is stored under another version than the one it was sent with', async () => {
    const { id } = await createEvent()
    let version = 1
    const sent = new Map<string, number>()
    const enter = async (n: number) => {
      const consentVersion = version
      const { status, body } = await post(entryInput(id, n, { consentVersion }))
      if (status === 201) sent.set(body.applicationNumber, consentVersion)
      else expect(body.code).toBe('CONSENT_CHANGED')
    }
    for (let round = 0; round < 4; round++) {
      const entries = Array.from({ length: 20 }, (_, n) => enter(round * 20 + n))
      await Promise.all([...entries, changeText(id, 20 - round)])
      version = (await consentOf(id)).version
    }
    const rows = await api.sql<{ number: string; version: number }[]>`
      select application_number as number, consent_version as version from participants where event_id = ${id}`
    expect(new Map(rows.map((row) => [row.number, row.version]))).toEqual(sent)
    expect(sent.size).toBeGreaterThan(0)
  })
})
