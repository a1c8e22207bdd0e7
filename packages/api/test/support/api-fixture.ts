import { migrate } from '@eungmo/db/connection/migrate'
import { shopMembers, shops, users } from '@eungmo/db/schema'
import type { Logger } from '@eungmo/messaging/logging/logger'
import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import type { Actor, Context, Member, Viewer } from '../../src/context.ts'
import { createDependencies, type DependenciesOptions } from '../../src/dependencies.ts'
import { createCaller } from '../../src/router.ts'
import { createRestClient } from './rest-client.ts'

export type Caller = ReturnType<typeof createCaller>
export type ApiFixture = Awaited<ReturnType<typeof startApi>>

export const TEST_SECRET_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`

const CLIENT_ADDRESS = '192.0.2.1'

const ignore = () => undefined
const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore }

/** The API over a new, migrated database of the test server. Request limits are off by default. */
export async function startApi(serverUrl: string, options: Partial<DependenciesOptions> = {}) {
  const database = await createTestDatabase(serverUrl)
  await migrate(database.url)
  const { dependencies, close } = createDependencies({
    databaseUrl: database.url,
    secretKeys: TEST_SECRET_KEYS,
    publicUrl: 'https://eungmo.example',
    rateLimit: false,
    log: silentLogger,
    ...options,
  })
  const { db, sql } = dependencies
  const contextOf = (viewer: Viewer = { kind: 'anonymous' }, overrides: Partial<Context> = {}): Context => ({
    dependencies,
    viewer,
    currentViewer: async () => viewer,
    locale: 'ko',
    clientAddress: CLIENT_ADDRESS,
    idempotencyKey: null,
    ...overrides,
  })
  const createMember = async (shopId: string, role: Member['role']): Promise<Actor> => {
    const userId = Bun.randomUUIDv7()
    await db.insert(users).values({ id: userId, name: role, email: `${userId}@example.com` })
    await db.insert(shopMembers).values({ id: Bun.randomUUIDv7(), shopId, userId, role })
    const now = new Date()
    const sessionId = Bun.randomUUIDv7()
    const session = { via: 'session', sessionId, authenticatedAt: now, lastActiveAt: now } as const
    return { kind: 'member', userId, shopId, role, ...session, clientAddress: CLIENT_ADDRESS }
  }

  return {
    url: database.url,
    dependencies,
    sql,
    contextOf,
    /** Calls procedures as this viewer. */
    as: (viewer: Viewer): Caller => createCaller(contextOf(viewer)),
    anonymous: createCaller(contextOf()),
    rest: createRestClient(contextOf),

    /** A new shop with an owner and a staff member. */
    async createShop(name = '링고베이커리'): Promise<{ owner: Actor; staff: Actor }> {
      const shopId = Bun.randomUUIDv7()
      await db.insert(shops).values({ id: shopId, name, slug: `shop-${shopId}` })
      return { owner: await createMember(shopId, 'owner'), staff: await createMember(shopId, 'staff') }
    },

    async close() {
      await close()
      await database.drop()
    },
  }
}
