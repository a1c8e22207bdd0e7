import { connect, type Sql } from '@eungmo/db/connection/client'
import { migrate } from '@eungmo/db/connection/migrate'
import { shopMembers, shops, users } from '@eungmo/db/schema/index'
import type { BeaconChain } from '@eungmo/draw/beacon'
import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import type { Viewer } from '../src/context.ts'
import { createDependencies } from '../src/create-dependencies.ts'
import type { Dependencies, Logger } from '../src/dependencies.ts'
import { createCaller } from '../src/router.ts'

const secretKeys = `k1:${Buffer.alloc(32, 7).toString('base64')}`

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

export type Caller = ReturnType<typeof createCaller>

export interface ApiUnderTest {
  url: string
  sql: Sql
  dependencies: Dependencies
  /** Calls procedures as this viewer. */
  as(viewer: Viewer): Caller
  anonymous: Caller
  /** A new shop with an owner and a staff member. */
  makeShop(name?: string): Promise<{ shopId: string; owner: Viewer; staff: Viewer }>
  close(): Promise<void>
}

export interface ApiOptions {
  drandRelays?: readonly string[]
  beaconChain?: BeaconChain
}

/** The API over a fresh database of the test server. */
export async function startApi(serverUrl: string, options: ApiOptions = {}): Promise<ApiUnderTest> {
  const database = await createTestDatabase(serverUrl)
  await migrate(database.url)
  const { db, sql, close } = connect(database.url, { max: 4 })
  const composed = createDependencies({
    databaseUrl: database.url,
    secretKeys,
    publicUrl: 'http://localhost:3000',
    log: silent,
    rateLimit: false,
    ...options,
  })
  const as = (viewer: Viewer) =>
    createCaller({
      dependencies: composed.dependencies,
      viewer,
      locale: 'ko',
      clientAddress: '127.0.0.1',
      idempotencyKey: null,
    })
  return {
    url: database.url,
    sql,
    dependencies: composed.dependencies,
    as,
    anonymous: as({ kind: 'anonymous' }),
    async makeShop(name = '링고베이커리') {
      const shopId = Bun.randomUUIDv7()
      await db.insert(shops).values({ id: shopId, name, slug: `shop-${shopId}` })
      const member = async (role: 'owner' | 'staff'): Promise<Viewer> => {
        const userId = Bun.randomUUIDv7()
        await db.insert(users).values({ id: userId, name: role, email: `${userId}@example.com` })
        await db.insert(shopMembers).values({ id: Bun.randomUUIDv7(), shopId, userId, role })
        return { kind: 'member', userId, shopId, role, via: 'session' }
      }
      return { shopId, owner: await member('owner'), staff: await member('staff') }
    },
    async close() {
      await composed.close()
      await close()
      await database.drop()
    },
  }
}
