import { migrate } from '@eungmo/db/connection/migrate'
import { shopMembers, shops, users } from '@eungmo/db/schema/index'
import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import type { Context, Member, Viewer } from '../../src/context.ts'
import { createDependencies, type DependenciesOptions } from '../../src/create-dependencies.ts'
import type { Logger } from '../../src/dependencies.ts'
import { createRestHandler } from '../../src/http/rest-handler.ts'
import { createCaller } from '../../src/router.ts'

/** 32 bytes of 07. */
export const testKeys = `test:${Buffer.alloc(32, 7).toString('base64')}`

const quiet = () => undefined
export const silentLog: Logger = { debug: quiet, info: quiet, warn: quiet, error: quiet }

export const minute = 60_000
export const day = 24 * 60 * minute
export const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString()

/** A database of its own with the product's dependencies, and the means to act on it. */
export async function openStage(serverUrl: string, options: Partial<DependenciesOptions> = {}) {
  const database = await createTestDatabase(serverUrl)
  await migrate(database.url)
  const { dependencies, close } = createDependencies({
    databaseUrl: database.url,
    secretKeys: testKeys,
    publicUrl: 'https://eungmo.example',
    rateLimit: false,
    log: silentLog,
    ...options,
  })
  const { db } = dependencies
  const anonymous: Viewer = { kind: 'anonymous' }
  const contextOf = (viewer: Viewer = anonymous, more: Partial<Context> = {}): Context => ({
    dependencies,
    viewer,
    locale: 'ko',
    clientAddress: '192.0.2.1',
    idempotencyKey: null,
    ...more,
  })

  return {
    url: database.url,
    dependencies,
    contextOf,
    as: (viewer?: Viewer, more?: Partial<Context>) => createCaller(contextOf(viewer, more)),
    rest: restOf(contextOf),

    /** A shop with its owner and one member of staff. */
    async openShop(name = '은모네 꽃집'): Promise<{ owner: Member; staff: Member }> {
      const shopId = Bun.randomUUIDv7()
      await db.insert(shops).values({ id: shopId, name, slug: shopId })
      const join = async (role: Member['role']): Promise<Member> => {
        const userId = Bun.randomUUIDv7()
        await db.insert(users).values({ id: userId, name: role, email: `${userId}@example.com` })
        await db.insert(shopMembers).values({ id: Bun.randomUUIDv7(), shopId, userId, role })
        return { kind: 'member', userId, shopId, role, via: 'session' }
      }
      return { owner: await join('owner'), staff: await join('staff') }
    },

    /** A published event that is open now. */
    async openEvent(
      owner: Member,
      changes: { title?: string; winnerCount?: number; visitBonus?: number } = {},
    ) {
      const caller = createCaller(contextOf(owner))
      const { id } = await caller.events.create({
        title: '가을 꽃다발 이벤트',
        startsAt: fromNow(-minute),
        endsAt: fromNow(day),
        announcementDate: fromNow(2 * day),
        winnerCount: 2,
        ...changes,
      })
      return caller.events.publish({ eventId: id })
    },

    async close() {
      await close()
      await database.drop()
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>

/** An entry as a form or REST sends it; the phone number follows from `n`. */
export const entry = (eventId: string, n: number, changes: Record<string, unknown> = {}) => ({
  eventId,
  name: '김은모',
  phoneNumber: `010-${String(1000 + Math.floor(n / 10_000)).padStart(4, '0')}-${String(n % 10_000).padStart(4, '0')}`,
  entryPath: 'SNS',
  privacyConsent: true as const,
  ...changes,
})

function restOf(contextOf: (viewer?: Viewer, more?: Partial<Context>) => Context) {
  const handler = createRestHandler()
  /** One REST call: status, headers and parsed body. */
  return async (
    method: string,
    path: string,
    {
      viewer,
      body,
      headers = {},
      context = {},
    }: { viewer?: Viewer; body?: unknown; headers?: Record<string, string>; context?: Partial<Context> } = {},
  ) => {
    const request = new Request(`https://eungmo.example/api/v1${path}`, {
      method,
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const idempotencyKey = request.headers.get('idempotency-key')
    const at = new URL(request.url).pathname.slice('/api/v1'.length)
    const response = await handler(request, at, contextOf(viewer, { idempotencyKey, ...context }))
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : text,
    }
  }
}
