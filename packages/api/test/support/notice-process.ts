import { readClock } from '@eungmo/db/queries/clock'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { createDependencies } from '../../src/dependencies.ts'
import { startJobRunner } from '../../src/jobs/job-runner.ts'
import { afterQuietHours } from '../../src/notices/quiet-hours.ts'
import { createNoticeSender } from '../../src/notices/send-due-notices.ts'
import { solapiNotifier } from './solapi-notifier.ts'

/**
 * A process that leads, or waits to lead, and sends notices as web and `bun run jobs` do; by night at the next morning's
 * time, so that tests pass at every hour.
 */
const { DATABASE_URL = '', SECRET_KEYS = '', SOLAPI_URL = '' } = process.env
const { dependencies } = createDependencies({
  databaseUrl: DATABASE_URL,
  secretKeys: SECRET_KEYS,
  publicUrl: 'https://eungmo.example',
  log: quietLogger,
  notifier: solapiNotifier(SOLAPI_URL),
})
const startedAt = await readClock(dependencies.db)
const toMorningMs = afterQuietHours(startedAt).getTime() - startedAt.getTime()
startJobRunner({
  databaseUrl: DATABASE_URL,
  jobs: [{ name: 'send-notices', everyMs: 100, run: createNoticeSender(dependencies) }],
  readNow: async () => new Date((await readClock(dependencies.db)).getTime() + toMorningMs),
  log: quietLogger,
  retryIntervalMs: 100,
})
