import type { AccessAction } from '@eungmo/db/queries/access-log'
import { maintainAccessLogPartitions } from '@eungmo/db/queries/access-log-partitions'
import { beforeAll, describe, expect, test } from 'vitest'
import { exportAccessLog } from '../src/access-log/export-access-log.ts'
import type { Actor } from '../src/context.ts'
import { DAY_MS } from '../src/seoul-time.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner, staff, stranger },
} = await startTwoShops()
const { shopId, userId: ownerId } = members.owner

/** A line as it would have been written at an instant. */
async function writeAt(
  at: string,
  { shop = shopId, action = 'reveal-participant' as AccessAction, ...line },
) {
  await api.sql`
    insert into access_log ${api.sql({
      id: Bun.randomUUIDv7(),
      at,
      shop_id: shop,
      actor_kind: 'user',
      actor_id: ownerId,
      actor_role: 'owner',
      client_address: '192.0.2.9',
      action,
      retention_years: 2,
      ...line,
    })}`
}
/** The access log of a new shop, whose owner has done nothing yet. */
async function newShop() {
  const shop = await api.createShop()
  return { ...shop, caller: api.as(shop.owner), shop: shop.owner.shopId }
}

let eventId: string
let participantId: string

beforeAll(async () => {
  for (const at of [Date.parse('2026-01-01'), Date.now() - 300 * DAY_MS])
    await maintainAccessLogPartitions(api.sql, new Date(at))
  eventId = (await createOpenEvent(owner)).id
  await enterParticipants(api.anonymous, eventId, 3)
  participantId = (await owner.participants.list({ eventId })).items[0]?.participantId ?? ''
})

describe('the log of a shop', () => {
  test('shows who did what, from where, to whom, newest first, and begins with this look', async () => {
    await staff.participants.reveal({ eventId, participantId })
    const key = await owner.apiKeys.create({ name: '포스', scopes: ['participants:read'] })
    const viewer: Actor = { ...members.owner, via: 'api-key', apiKeyId: key.id, scopes: key.scopes }
    await api.as(viewer).participants.list({ eventId })
    const { lines } = await owner.accessLog.list({ limit: 4 })
    const [row] = await api.sql`select application_number from participants where id = ${participantId}`
    expect(lines).toMatchObject([
      { action: 'list-access-log', actor: { kind: 'user', id: ownerId, name: 'owner', role: 'owner' } },
      { action: 'list-participants', actor: { kind: 'api-key', name: '포스', role: null }, people: 3 },
      { action: 'create-api-key', subject: { id: key.id, name: '포스' } },
      {
        action: 'reveal-participant',
        actor: { name: 'staff', role: 'staff' },
        clientAddress: '192.0.2.1',
        event: { id: eventId, name: expect.any(String) },
        subject: { id: participantId, name: row?.application_number },
        people: 1,
        purpose: null,
      },
    ])
    expect(JSON.stringify(lines)).not.toMatch(/김하늘|010-?\d{4}-?\d{4}/)
  })

  test('is one of the shop alone, and for its owners in a session', async () => {
    const { lines } = await stranger.accessLog.list({})
    expect(lines.map(({ action }) => action)).toEqual(['list-access-log'])
    expect((await stranger.accessLog.filters()).events).toEqual([])
    await expectApiError(staff.accessLog.list({}), 'FORBIDDEN')
    await expectApiError(api.anonymous.accessLog.list({}), 'UNAUTHENTICATED')
    const key: Actor = {
      ...members.owner,
      via: 'api-key',
      apiKeyId: Bun.randomUUIDv7(),
      scopes: ['events:write', 'draws:write', 'participants:read', 'participants:export'],
    }
    await expectApiError(api.as(key).accessLog.list({}), 'FORBIDDEN')
    await expectApiError(exportLog(key), 'FORBIDDEN')
  })

  test('still has the lines of somebody who deleted the account, and of a key that was revoked', async () => {
    const { caller, staff: leaver, shop } = await newShop()
    const key = await caller.apiKeys.create({ name: '옛 포스', scopes: ['events:write'] })
    await caller.apiKeys.revoke({ apiKeyId: key.id })
    await api.as(leaver).events.list()
    await writeAt('2026-11-01T00:00:00Z', { shop, actor_id: leaver.userId, actor_role: 'staff' })
    await api.sql`delete from users where id = ${leaver.userId}`
    const { lines } = await caller.accessLog.list({})
    expect(lines.map(({ action, actor, subject }) => [action, actor?.name, subject?.name])).toEqual([
      ['list-access-log', 'owner', undefined],
      ['revoke-api-key', 'owner', '옛 포스'],
      ['create-api-key', 'owner', '옛 포스'],
      ['reveal-participant', null, undefined],
    ])
    const { actors } = await caller.accessLog.filters()
    expect(actors.map(({ name }) => name)).toEqual(['owner', null])
  })

  test('comes in pages without gaps or repeats, also where lines share a millisecond', async () => {
    const { caller, shop } = await newShop()
    const at = '2026-11-03T00:00:00.123Z'
    for (let people = 0; people < 7; people++) await writeAt(at, { shop, people })
    const seen: number[] = []
    let cursor: string | undefined
    do {
      const page = await caller.accessLog.list({ limit: 3, action: 'reveal-participant', cursor })
      seen.push(...page.lines.map(({ people }) => people))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6])
    for (const wrong of ['x', '1.2', `99999999999999.${shopId}x`, `-1.${shopId}`])
      await expectApiError(caller.accessLog.list({ cursor: wrong }), 'VALIDATION_FAILED')
  })
})

describe('filters', () => {
  const DAY = '2026-11-05'
  const FIRST = '2026-11-04T15:00:00.000Z'
  const LAST = '2026-11-05T14:59:59.999Z'
  let shop: Awaited<ReturnType<typeof newShop>>
  const found = async (filter: Parameters<typeof owner.accessLog.list>[0]) =>
    (await shop.caller.accessLog.list(filter)).lines
      .filter(({ action }) => !action.endsWith('access-log'))
      .map(({ at, action }) => `${at} ${action}`)

  beforeAll(async () => {
    shop = await newShop()
    const other = { actor_id: shop.staff.userId, actor_role: 'staff' }
    await writeAt('2026-11-04T14:59:59.999Z', { shop: shop.shop, action: 'draw' })
    await writeAt(FIRST, { shop: shop.shop, action: 'draw', event_id: eventId })
    await writeAt(LAST, { shop: shop.shop, action: 'sign-in', ...other })
    await writeAt('2026-11-05T15:00:00.000Z', { shop: shop.shop, action: 'sign-in' })
  })

  test('by days of Seoul, both inclusive', async () => {
    expect(await found({ from: DAY, to: DAY })).toEqual([`${LAST} sign-in`, `${FIRST} draw`])
    expect(await found({ to: '2026-11-04' })).toEqual(['2026-11-04T14:59:59.999Z draw'])
    expect(await found({ from: '2026-11-06' })).toEqual(['2026-11-05T15:00:00.000Z sign-in'])
    expect(await found({ from: '2026-11-06', to: DAY })).toEqual([])
  })

  test('by who acted, by action, by event, and by all at once', async () => {
    expect(await found({ actorId: shop.staff.userId })).toEqual([`${LAST} sign-in`])
    expect(await found({ action: 'draw' })).toHaveLength(2)
    expect(await found({ eventId })).toEqual([`${FIRST} draw`])
    expect(await found({ actorId: ownerId, action: 'draw', eventId, from: DAY, to: DAY })).toHaveLength(1)
  })

  test.each([{ from: '2026-02-30' }, { from: '0001-01-01' }, { to: '9999-12-31' }, { to: 'gestern' }])(
    'of days that are none get 400: %j',
    async (filter) => {
      await expectApiError(shop.caller.accessLog.list(filter), 'VALIDATION_FAILED')
    },
  )
})

const texts = {
  actor: (actor: { name: string | null } | null) => actor?.name ?? '',
  role: (actor: { role: string | null } | null) => actor?.role ?? '',
  action: (action: string) => action,
}
const exportLog = (viewer: Actor, body: Record<string, unknown> = {}) =>
  exportAccessLog(api.contextOf(viewer), { purpose: '월별 점검', ...body }, texts)

describe('the file', () => {
  test('has every line that the filter leaves, as the page shows them', async () => {
    const { owner: viewer, shop } = await newShop()
    for (let people = 0; people < 450; people++) await writeAt('2026-11-03T00:00:00Z', { shop, people })
    await writeAt('2026-11-03T15:00:00Z', { shop, action: 'draw', purpose: '=1+1' })
    const file = await exportLog(viewer, { to: '2026-11-03' })
    expect(file.fileName).toBe('접속 기록.csv')
    const rows = (await Array.fromAsync(file.chunks)).join('').split('\r\n')
    expect(rows).toHaveLength(1 + 450 + 1)
    expect(rows[1]).toMatch(/^"2026-11-03 09:00:00","owner","owner","192.0.2.9","reveal-participant",/)
    const all = (await Array.fromAsync((await exportLog(viewer)).chunks)).join('')
    expect(all).toContain(`"'=1+1"`)
    expect(all).toContain('"export-access-log"')
  })

  test('needs a purpose, and an owner', async () => {
    await expectApiError(exportLog(members.owner, { purpose: ' ' }), 'VALIDATION_FAILED', {
      fields: [{ code: 'purpose.required' }],
    })
    await expectApiError(exportLog(members.owner, { actor: 'x' }), 'VALIDATION_FAILED')
    await expectApiError(exportLog(members.staff), 'FORBIDDEN')
  })
})

describe('the monthly look', () => {
  const thisMonth = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 7)
  const lastMonth = async () => {
    const [row] = await api.sql<{ at: string }[]>`
      select (date_trunc('month', now() at time zone 'Asia/Seoul') - interval '1 hour')
        at time zone 'Asia/Seoul' as at`
    return row?.at ?? ''
  }

  test('is due when lines of before this month were not looked at since the month before', async () => {
    const { caller, owner: viewer, shop } = await newShop()
    await caller.accessLog.list({})
    expect(await caller.accessLog.reviews()).toEqual({ month: thisMonth, due: false, reviews: [] })
    await writeAt(await lastMonth(), { shop })
    expect((await caller.accessLog.reviews()).due).toBe(true)
    const review = (months: number) => api.sql`
      insert into access_log_reviews (shop_id, month, reviewed_by)
      values (${shop}, (date_trunc('month', now() at time zone 'Asia/Seoul')
        - make_interval(months => ${months}))::date, ${viewer.userId})`
    await review(2)
    expect((await caller.accessLog.reviews()).due).toBe(true)
    await review(1)
    expect((await caller.accessLog.reviews()).due).toBe(false)
  })

  test('is stored once a month, with who and when', async () => {
    const { caller, owner: viewer, shop } = await newShop()
    await writeAt(await lastMonth(), { shop })
    const [first, second] = await Promise.all([caller.accessLog.review(), caller.accessLog.review()])
    expect(first).toMatchObject({ due: false, reviews: [{ month: thisMonth, reviewedBy: 'owner' }] })
    expect(second.reviews).toEqual(first.reviews)
    await expectApiError(staff.accessLog.review(), 'FORBIDDEN')
    await api.sql`delete from users where id = ${viewer.userId}`
    const [row] = await api.sql`select reviewed_by from access_log_reviews where shop_id = ${shop}`
    expect(row?.reviewed_by).toBeNull()
  })
})
