import { expect, test } from './fixtures.ts'
import { readiness, startWeb, stopWeb } from './web-process.ts'

/**
 * Tests against a web process that can send text messages, beside the stack's own. That it can decides about pages; what
 * is sent leaves by `sendNotices`.
 */
export const testWithProvider = test.extend({
  baseURL: async ({ stack }, use) => {
    const { databaseUrl: DATABASE_URL, secretKeys: SECRET_KEYS } = stack.info
    const web = await startWeb({
      DATABASE_URL,
      SECRET_KEYS,
      SOLAPI_API_KEY: 'NCSTESTKEY000000',
      SOLAPI_API_SECRET: 'test-secret',
      SOLAPI_SENDER: '02-123-4567',
      SOLAPI_URL: 'http://127.0.0.1:1',
    })
    await expect.poll(() => readiness(web), { timeout: 30_000 }).toMatchObject({ ready: true })
    await use(web.origin)
    await stopWeb(web)
  },
})
