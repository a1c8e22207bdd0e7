import { describe, expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner, staff, stranger },
} = await startTwoShops()

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
