import { readClock } from '@eungmo/db/queries/clock'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { createDependencies } from '../../../../packages/api/src/dependencies.ts'
import { afterQuietHours } from '../../../../packages/api/src/notices/quiet-hours.ts'
import { createNoticeSender } from '../../../../packages/api/src/notices/send-due-notices.ts'
import { solapiNotifier } from '../../../../packages/api/test/support/solapi-notifier.ts'
import { startTestSolapi } from '../../../../packages/api/test/support/test-solapi.ts'

/**
 * Sends every notice that is due, once, to a server that speaks solapi's API, and prints what it accepted as one line of
 * JSON. By night it sends what leaves then, and the rest as of the next morning, so that tests pass at every hour.
 */
const { DATABASE_URL = '', SECRET_KEYS = '', PUBLIC_URL = '' } = process.env
const solapi = await startTestSolapi()
const { dependencies, close } = createDependencies({
  databaseUrl: DATABASE_URL,
  secretKeys: SECRET_KEYS,
  publicUrl: PUBLIC_URL,
  log: quietLogger,
  notifier: solapiNotifier(solapi.url),
})
try {
  const startedAt = await readClock(dependencies.db)
  for (const now of [startedAt, afterQuietHours(startedAt)])
    await createNoticeSender(dependencies)({ now, signal: new AbortController().signal })
  process.stdout.write(`${JSON.stringify(solapi.accepted.map(({ to, text }) => ({ to, text })))}\n`)
} finally {
  await close()
  await solapi.stop()
}
