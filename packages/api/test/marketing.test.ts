import { readClock } from '@eungmo/db/queries/clock'
import { describe, expect, test } from 'vitest'
import { destroyDue } from '../src/destruction/destroy-due.ts'
import { exportParticipants } from '../src/participants/export-participants.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent, eventInput, inHours } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner },
} = await startTwoShops()

const enter = (eventId: string, n: number, more: Record<string, unknown> = {}) =>
  api.rest('POST', '/participations', { body: entryInput(eventId, n, more) })
const storedOf = async (eventId: string) => {
  const rows = await api.sql<{ version: number | null; at: Date | null; participated_at: Date }[]>`
    select marketing_version as version, marketing_consented_at as at, participated_at
    from participants where event_id = ${eventId} order by id`
  return rows.map(({ version, at, participated_at }) => ({
    version,
    isTimed: at !== null && String(at) === String(participated_at),
  }))
}
const versionsOf = async (eventId: string) => (await storedOf(eventId)).map(({ version }) => version)
const marketingOf = async (eventId: string) => (await api.rest('GET', `/events/${eventId}`)).body.marketing
const askingEvent = () => createOpenEvent(owner, { asksMarketing: true })

describe('the marketing box', () => {
  test('is off unless the owner switches it on, and then has a text of its own in both languages', async () => {
    const plain = await createOpenEvent(owner)
    expect(plain.asksMarketing).toBe(false)
    expect(await marketingOf(plain.id)).toBeNull()
    const event = await askingEvent()
    const marketing = await marketingOf(event.id)
    expect(marketing).toMatchObject({ version: 1, text: { ko: expect.any(String), en: expect.any(String) } })
    expect(marketing.text.ko).toContain('동의하지 않아도 응모와 추첨에 아무 영향이 없습니다')
    const page = await api.anonymous.events.getBySlug({ slug: event.slug })
    expect(page.marketing).toEqual(marketing)
    expect(page.consent.text.ko).not.toContain('광고')
  })

  test('a draft shows its shop the text that publication will store', async () => {
    const { id } = await owner.events.create({ ...eventInput(), asksMarketing: true })
    const draft = await owner.events.getPreview({ eventId: id })
    await owner.events.publish({ eventId: id })
    expect(await marketingOf(id)).toEqual(draft.marketing)
  })

  test('comes and goes until the lock, and changes no rule and no consent text', async () => {
    const event = await createOpenEvent(owner)
    const before = await owner.events.getForOwner({ eventId: event.id })
    await enter(event.id, 1)
    await owner.events.update({ eventId: event.id, asksMarketing: true })
    await enter(event.id, 2, { marketingConsent: true })
    await owner.events.update({ eventId: event.id, asksMarketing: false })
    await enter(event.id, 3, { marketingConsent: true, marketingVersion: 1 })
    expect(await versionsOf(event.id)).toEqual([null, 1, null])
    const after = await owner.events.getForOwner({ eventId: event.id })
    expect([after.rules?.hash, after.consent]).toEqual([before.rules?.hash, before.consent])
    await owner.events.cancel({ eventId: event.id })
    await expectApiError(owner.events.update({ eventId: event.id, asksMarketing: true }), 'CONFLICT', {
      reason: 'event-cancelled',
    })
  })

  test('a shop that is renamed sends under its new name: a new version', async () => {
    const event = await askingEvent()
    const { name } = { name: '새 이름 가게' }
    await owner.shops.rename({ name })
    expect(await marketingOf(event.id)).toMatchObject({
      version: 2,
      text: { ko: expect.stringContaining(name) },
    })
  })
})

describe('marketingConsent', () => {
  test('decides nothing: with it, without it and with false the entry is the same', async () => {
    const { id } = await askingEvent()
    expect((await enter(id, 1)).status).toBe(201)
    expect((await enter(id, 2, { marketingConsent: false })).status).toBe(201)
    expect((await enter(id, 3, { marketingConsent: true })).status).toBe(201)
    expect(await storedOf(id)).toEqual([
      { version: null, isTimed: false },
      { version: null, isTimed: false },
      { version: 1, isTimed: true },
    ])
    const { id: plain } = await createOpenEvent(owner)
    expect((await enter(plain, 1, { marketingConsent: true })).status).toBe(201)
    expect(await versionsOf(plain)).toEqual([null])
  })

  test('stores the version that was shown, also after the text changed; an unknown version is no consent', async () => {
    const { id } = await createOpenEvent(owner, { asksMarketing: true, announcementDate: inHours(30 * 24) })
    await owner.events.update({ eventId: id, announcementDate: inHours(20 * 24) })
    await enter(id, 1, { marketingConsent: true, marketingVersion: 1 })
    await enter(id, 2, { marketingConsent: true, marketingVersion: 2 })
    await enter(id, 3, { marketingConsent: true, marketingVersion: 3 })
    await enter(id, 4, { marketingConsent: true })
    await enter(id, 5, { marketingVersion: 1 })
    expect(await versionsOf(id)).toEqual([1, 2, null, 2, null])
    for (const marketingVersion of [0, -1, 1.5, '1'])
      expect((await enter(id, 6, { marketingConsent: true, marketingVersion })).status).toBe(400)
  })

  test('the file of the participants says who agreed, and the list does not', async () => {
    const { id } = await askingEvent()
    await enter(id, 1, { marketingConsent: true })
    await enter(id, 2)
    const file = await exportParticipants(api.contextOf(members.owner), id, { purpose: '소식 보내기' })
    const lines = (await Array.fromAsync(file.chunks)).join('').trim().split('\r\n')
    expect(lines.map((line) => line.split(',').at(-1))).toEqual(['"마케팅 수신 동의"', '"O"', '""'])
    expect(JSON.stringify(await owner.participants.list({ eventId: id }))).not.toContain('arketing')
  })

  test('is withdrawn by the entrant, with a line in the log; the entry stays', async () => {
    const { id } = await askingEvent()
    const { body } = await enter(id, 1, { marketingConsent: true })
    const { ownData, withdrawMarketing } = api.anonymous.participations
    const shown = {
      eventId: id,
      applicationNumber: body.applicationNumber,
      phoneNumber: entryInput(id, 1).phoneNumber,
    }
    const { proof, marketing } = await ownData(shown)
    expect(marketing).toMatchObject({ version: 1, text: await marketingOf(id).then(({ text }) => text) })
    expect(await withdrawMarketing({ eventId: id, proof })).toEqual({ alreadyWithdrawn: false })
    expect(await withdrawMarketing({ eventId: id, proof })).toEqual({ alreadyWithdrawn: true })
    expect((await ownData(shown)).marketing).toBeNull()
    expect(await versionsOf(id)).toEqual([null])
    const lines = await api.sql`select actor_kind, client_address from access_log
      where action = 'withdraw-own-marketing' and event_id = ${id}`
    expect(lines.map((line) => ({ ...line }))).toEqual([{ actor_kind: 'entrant', client_address: '' }])
  })

  test('is gone once the personal data is destroyed', async () => {
    const { id } = await askingEvent()
    await enter(id, 1, { marketingConsent: true })
    await announceDaysAgo(api, id, 22)
    await destroyDue(api.dependencies, { now: await readClock(api.dependencies.db) })
    expect(await storedOf(id)).toEqual([{ version: null, isTimed: false }])
  })
})
