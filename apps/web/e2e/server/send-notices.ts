import { readClock } from '@eungmo/db/queries/clock'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { createDependencies } from '../../../../packages/api/src/dependencies.ts'
import { createNotifier } from '../../../../packages/api/src/notices/create-notifier.ts'
import { afterQuietHours } from '../../../../packages/api/src/notices/quiet-hours.ts'
import { createNoticeSender } from '../../../../packages/api/src/notices/send-due-notices.ts'
import { startTestSolapi, TEST_ACCOUNT } from '../../../../packages/api/test/support/test-solapi.ts'

/**
 * Sends every notice that is due, once, to a server that speaks solapi's API, and prints what it accepted as one line of
 * JSON. By night it sends as of the next morning, so that tests pass at every hour.
 */
const { DATABASE_URL = '', SECRET_KEYS = '', PUBLIC_URL = '' } = process.env
const solapi = await startTestSolapi()
const { dependencies, close } = createDependencies({
  databaseUrl: DATABASE_URL,
  secretKeys: SECRET_KEYS,
  publicUrl: PUBLIC_URL,
  log: quietLogger,
  notifier: createNotifier({
    mailer: undefined,
    solapi: {
      SOLAPI_API_KEY: TEST_ACCOUNT.apiKey,
      SOLAPI_API_SECRET: TEST_ACCOUNT.apiSecret,
      SOLAPI_SENDER: '021234567',
      SOLAPI_CHANNEL: undefined,
      SOLAPI_TEMPLATES: [],
      SOLAPI_URL: solapi.url,
    },
    log: quietLogger,
  }),
})
try {
  const now = afterQuietHours(await readClock(dependencies.db))
  await createNoticeSender(dependencies)({ now, signal: new AbortController().signal })
  process.stdout.write(`${JSON.stringify(solapi.accepted.map(({ to, text }) => ({ to, text })))}\n`)
} finally {
  await close()
  await solapi.stop()
}
