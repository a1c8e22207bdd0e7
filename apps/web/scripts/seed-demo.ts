import type { Member } from '@eungmo/api/context'
import { createDependencies } from '@eungmo/api/dependencies'
import { checkKeys, UnsuitableKeysError } from '@eungmo/api/key-checks/check-keys'
import { createCaller } from '@eungmo/api/router'
import { readEnvironmentOrExit, seedEnvironment } from '@eungmo/config/environment'
import { API_KEY_SCOPES } from '@eungmo/db/queries/api-keys'
import { findMembership } from '@eungmo/db/queries/shop-members'
import { createLogger } from '@eungmo/messaging/logging/create-logger'
import { createPassword, resetPassword } from '../src/lib/server/auth/reset-password.ts'
import { createDemoEvents } from './demo/events.ts'
import { setDemoPicture } from './demo/picture.ts'
import { scriptAuth } from './script-auth.ts'

const environment = readEnvironmentOrExit(seedEnvironment, 'seed-demo')

const OWNER_EMAIL = 'owner@ringo-bakery.example'
const SHOP_NAME = '링고베이커리'
const API_KEY_NAME = '데모'

/**
 * Creates the demo shop or completes it: an open event with entries, an ended one with winners, an owner with a new password
 * and a new API key. The last line of its output is JSON for .data/demo.json.
 */
async function seed() {
  const log = createLogger({ app: 'seed', level: 'warn', destination: process.stderr })
  const { dependencies, close } = createDependencies({
    databaseUrl: environment.DATABASE_URL,
    secretKeys: environment.SECRET_KEYS,
    publicUrl: environment.PUBLIC_URL ?? 'http://localhost',
    log,
    rateLimit: false,
  })
  try {
    await checkKeys(dependencies)
    const auth = scriptAuth(dependencies.db)
    const ownerPassword = createPassword()
    if (!(await resetPassword(auth, dependencies.db, OWNER_EMAIL, ownerPassword))) {
      // better-auth's types do not declare shopName; our hook reads it (src/lib/server/auth/create-auth.ts).
      const body = { name: '링고 사장님', email: OWNER_EMAIL, password: ownerPassword, shopName: SHOP_NAME }
      await auth.api.signUpEmail({ body })
    }
    const { internalAdapter } = await auth.$context
    const userId = (await internalAdapter.findUserByEmail(OWNER_EMAIL))?.user.id
    const membership = userId && (await findMembership(dependencies.db, { userId, preferredShopId: null }))
    if (!userId || !membership) throw new Error('The demo owner has no shop.')

    const now = new Date()
    const sessionId = Bun.randomUUIDv7()
    const session = { via: 'session', sessionId, authenticatedAt: now, lastActiveAt: now } as const
    const viewer: Member = { kind: 'member', userId, ...membership, ...session }
    const api = createCaller({
      dependencies,
      viewer,
      currentViewer: async () => viewer,
      locale: 'ko',
      clientAddress: '127.0.0.1',
      idempotencyKey: null,
    })
    const { eventId, slug } = await createDemoEvents(api, dependencies)
    await setDemoPicture({ dependencies, viewer }, eventId)
    for (const { id, name } of await api.apiKeys.list()) {
      if (name === API_KEY_NAME) await api.apiKeys.revoke({ apiKeyId: id })
    }
    const { key: apiKey } = await api.apiKeys.create({ name: API_KEY_NAME, scopes: [...API_KEY_SCOPES] })
    return { eventId, slug, ownerEmail: OWNER_EMAIL, ownerPassword, apiKey }
  } finally {
    await close()
  }
}

try {
  process.stdout.write(`${JSON.stringify(await seed())}\n`)
} catch (error) {
  if (!(error instanceof UnsuitableKeysError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
