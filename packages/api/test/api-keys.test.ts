import { API_KEY_SCOPES, type ApiKeyScope, findApiKey } from '@eungmo/db/queries/api-keys'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Member } from '../src/context.ts'
import { openApiDocument } from '../src/http/openapi-document.ts'
import { DAY_MS } from '../src/seoul-time.ts'
import { drawNow } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner, staff, stranger },
} = await startTwoShops()

const sha256 = (key: string) => new Bun.CryptoHasher('sha256').update(key).digest('hex')
const isAccepted = async (key: string) =>
  (await findApiKey(api.dependencies.db, { hash: sha256(key) })) !== undefined

/** A request with a key of the shop that has these scopes. */
const keyOf = (...scopes: ApiKeyScope[]): Member => ({
  ...members.owner,
  via: 'api-key',
  apiKeyId: Bun.randomUUIDv7(),
  scopes,
})

describe('API keys', () => {
  test('a key is shown once, listed by its prefix, and revoked by its own shop', async () => {
    const created = await owner.apiKeys.create({ name: '포스', scopes: ['draws:write', 'events:write'] })
    expect(created.key.startsWith(created.prefix)).toBe(true)
    const listed = (await owner.apiKeys.list()).find(({ id }) => id === created.id)
    expect(listed).toMatchObject({
      name: '포스',
      prefix: created.prefix,
      scopes: ['events:write', 'draws:write'],
      isExpired: false,
      lastUsedAt: null,
    })
    expect(JSON.stringify(listed)).not.toContain(created.key)
    const [row] = await api.sql`select * from api_keys where id = ${created.id}`
    expect(JSON.stringify(row)).not.toContain(created.key)

    await expectApiError(staff.apiKeys.list(), 'FORBIDDEN')
    await expectApiError(staff.apiKeys.create({ name: '몰래', scopes: ['events:write'] }), 'FORBIDDEN')
    await expectApiError(stranger.apiKeys.revoke({ apiKeyId: created.id }), 'NOT_FOUND')
    expect(await isAccepted(created.key)).toBe(true)
    await owner.apiKeys.revoke({ apiKeyId: created.id })
    expect((await owner.apiKeys.list()).map(({ id }) => id)).not.toContain(created.id)
    expect(await isAccepted(created.key)).toBe(false)
  })

  test('a key expires, after a year unless an earlier day was chosen, and never later', async () => {
    const scopes: ApiKeyScope[] = ['events:write']
    const year = await owner.apiKeys.create({ name: '한 해', scopes })
    const week = await owner.apiKeys.create({ name: '한 주', scopes, expiresInDays: 7 })
    const daysOf = (view: { createdAt: string; expiresAt: string }) =>
      Math.round((Date.parse(view.expiresAt) - Date.parse(view.createdAt)) / DAY_MS)
    expect([daysOf(year), daysOf(week)]).toEqual([365, 7])
    for (const expiresInDays of [0, 366, 1.5])
      await expectApiError(owner.apiKeys.create({ name: '오래', scopes, expiresInDays }), 'VALIDATION_FAILED')
    await expectApiError(owner.apiKeys.create({ name: '빈 키', scopes: [] }), 'VALIDATION_FAILED')

    await api.sql`update api_keys set expires_at = now() - interval '1 second' where id = ${week.id}`
    expect(await isAccepted(week.key)).toBe(false)
    expect(await isAccepted(year.key)).toBe(true)
    expect((await owner.apiKeys.list()).find(({ id }) => id === week.id)?.isExpired).toBe(true)
  })

  test('a key ends when the owner who created it leaves the shop, or is an owner no more', async () => {
    const shop = await api.createShop('떠나는 가게')
    const { key } = await api.as(shop.owner).apiKeys.create({ name: '남은 키', scopes: ['events:write'] })
    const { userId } = shop.owner
    expect(await isAccepted(key)).toBe(true)
    await api.sql`update shop_members set role = 'staff' where user_id = ${userId}`
    expect(await isAccepted(key)).toBe(false)
    await api.sql`update shop_members set role = 'owner' where user_id = ${userId}`
    expect(await isAccepted(key)).toBe(true)
    await api.sql`delete from shop_members where user_id = ${userId}`
    expect(await isAccepted(key)).toBe(false)
  })

  test('no key, whatever its scopes, reads or changes keys, or anything else that REST does not offer', async () => {
    const caller = api.as(keyOf(...API_KEY_SCOPES))
    await expectApiError(caller.apiKeys.list(), 'FORBIDDEN')
    await expectApiError(caller.apiKeys.create({ name: '새끼 키', scopes: ['events:write'] }), 'FORBIDDEN')
    await expectApiError(caller.apiKeys.revoke({ apiKeyId: Bun.randomUUIDv7() }), 'FORBIDDEN')
    const { id: eventId } = await createOpenEvent(owner)
    await expectApiError(caller.events.cancel({ eventId }), 'FORBIDDEN')
    await expectApiError(caller.channels.list({ eventId }), 'FORBIDDEN')
  })
})

describe('the scopes of a key', () => {
  let eventId: string
  let draftId: string
  let drawLogId: string

  beforeAll(async () => {
    eventId = (await createOpenEvent(owner)).id
    draftId = (await owner.events.create(eventInput())).id
    await enterParticipants(api.anonymous, eventId, 4)
    ;({ drawLogId } = await drawNow(owner, { eventId, winnerCount: 2, visitBonus: false }))
    await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' })
  })

  test('an error names the scope that is missing, in the caller’s language', async () => {
    await expectApiError(api.as(keyOf('draws:write')).events.create(eventInput()), 'FORBIDDEN', {
      missingScope: 'events:write',
    })
    const response = await api.rest('GET', `/events/${eventId}/participants`, {
      viewer: keyOf('events:write'),
    })
    expect(response.status).toBe(403)
    expect(response.body).toEqual({
      code: 'FORBIDDEN',
      missingScope: 'participants:read',
      message: '이 API 키에는 participants:read 권한이 없어요',
    })
  })

  test('participants:read gets names and masked numbers, in every list', async () => {
    const reader = api.as(keyOf('participants:read'))
    const { items } = await reader.participants.list({ eventId })
    expect(items).toHaveLength(4)
    const { items: found } = await reader.participants.search({ eventId, q: '김하늘1' })
    const [draw] = await reader.draws.list({ eventId })
    const { winners, history } = await reader.draws.get({ drawLogId: draw?.drawLogId ?? '' })
    for (const person of [...items, ...found, ...(draw?.winners ?? []), ...winners, ...history]) {
      expect(person.name).toMatch(/^김하늘\d$/)
      expect(person.phoneNumber).toMatch(/^010-\*{4}-\*\*\d\d$/)
    }
    expect(history.length).toBeGreaterThan(winners.length)
  })

  test('participants:export gets whole numbers in the same lists', async () => {
    const exporter = api.as(keyOf('participants:export'))
    const { items } = await exporter.participants.list({ eventId })
    const [draw] = await exporter.draws.list({ eventId })
    for (const person of [...items, ...(draw?.winners ?? [])])
      expect(person.phoneNumber).toMatch(/^010-\d{4}-\d{4}$/)
  })

  test('draws:write draws and redraws, and sees neither names nor numbers of the winners', async () => {
    const event = await createOpenEvent(owner)
    await enterParticipants(api.anonymous, event.id, 4, 10)
    const drawer = api.as(keyOf('draws:write'))
    const drawn = await drawNow(drawer, { eventId: event.id, winnerCount: 2, visitBonus: false })
    const redrawn = await drawer.draws.redraw({ drawLogId: drawn.drawLogId, ranks: [1], reason: 'declined' })
    for (const person of [...drawn.winners, ...('winners' in redrawn ? redrawn.winners : [])]) {
      expect(person.name).toMatch(/^김\*+$/)
      expect(person.phoneNumber).toMatch(/\*/)
      expect(person.applicationNumber).not.toBeNull()
    }
    await expectApiError(drawer.draws.list({ eventId: event.id }), 'FORBIDDEN', {
      missingScope: 'participants:read',
    })
  })

  test('a draft is found with events:write only', async () => {
    expect((await api.as(keyOf('events:write')).events.get({ eventId: draftId })).id).toBe(draftId)
    for (const scope of API_KEY_SCOPES.filter((each) => each !== 'events:write'))
      await expectApiError(api.as(keyOf(scope)).events.get({ eventId: draftId }), 'NOT_FOUND')
  })

  test('every operation that needs an account declares its scope in the OpenAPI document', () => {
    const operations = Object.values(openApiDocument('https://eungmo.example/api/v1').paths ?? {}).flatMap(
      (item) => (['get', 'post', 'patch'] as const).flatMap((method) => item[method] ?? []),
    )
    const scoped = operations.filter(({ security = [] }) => security.length > 0)
    expect(scoped.length).toBeGreaterThan(8)
    for (const { security = [], description } of scoped) {
      const scopes = security.flatMap((each) => each.apiKey ?? [])
      expect(scopes).toHaveLength(1)
      expect(API_KEY_SCOPES).toContain(scopes[0])
      expect(description).toContain(`\`${scopes[0]}\``)
    }
  })
})
