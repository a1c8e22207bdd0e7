import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ApiFixture, type Caller, startApi } from './support/api-fixture.ts'
import { expectApiError } from './support/expect-api-error.ts'

let api: ApiFixture
let owner: Caller
let staff: Caller
let stranger: Caller

beforeAll(async () => {
  api = await startApi(inject('postgresUrl'))
  const shop = await api.createShop()
  owner = api.as(shop.owner)
  staff = api.as(shop.staff)
  stranger = api.as((await api.createShop('다른 가게')).owner)
})
afterAll(() => api.close())

describe('API keys', () => {
  test('a key is shown once, listed by its prefix, and revoked by its own shop', async () => {
    const created = await owner.apiKeys.create({ name: '포스' })
    expect(created.key.startsWith(created.prefix)).toBe(true)
    const listed = (await owner.apiKeys.list()).find(({ id }) => id === created.id)
    expect(listed).toMatchObject({ name: '포스', prefix: created.prefix, lastUsedAt: null })
    expect(JSON.stringify(listed)).not.toContain(created.key)
    const [row] = await api.sql`select * from api_keys where id = ${created.id}`
    expect(JSON.stringify(row)).not.toContain(created.key)

    await expectApiError(staff.apiKeys.list(), 'FORBIDDEN')
    await expectApiError(staff.apiKeys.create({ name: '몰래' }), 'FORBIDDEN')
    await expectApiError(stranger.apiKeys.revoke({ apiKeyId: created.id }), 'NOT_FOUND')
    await owner.apiKeys.revoke({ apiKeyId: created.id })
    expect((await owner.apiKeys.list()).map(({ id }) => id)).not.toContain(created.id)
  })
})
