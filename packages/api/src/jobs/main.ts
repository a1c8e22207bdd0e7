import { jobsEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'
import { requireDirectConnection } from '@eungmo/db/connection/direct-connection'
import { createLogger, endOnUncaughtError } from '@eungmo/messaging/logging/create-logger'
import { createDependencies } from '../dependencies.ts'
import { destroyBeforeServing } from '../destruction/before-serving.ts'
import { waitForKeys } from '../key-checks/wait-for-keys.ts'
import { createMailer } from '../mail/mailer.ts'
import { createNotifier } from '../notices/create-notifier.ts'
import { startJobs } from './start-jobs.ts'

/** The jobs as a process of their own, for installations where web runs with JOBS=off. */
const env = readEnvironmentOrExit(jobsEnvironment, 'jobs')
const log = createLogger({ app: 'jobs', level: env.LOG_LEVEL })
endOnUncaughtError(log)
await requireDirectConnection(env.DATABASE_URL).catch(exitWithMessage)
const { SMTP_URL: smtpUrl, MAIL_FROM: from } = env
const mailer = smtpUrl && from ? createMailer({ smtpUrl, from, log }) : undefined
const { dependencies, close } = createDependencies({
  databaseUrl: env.DATABASE_URL,
  secretKeys: env.SECRET_KEYS,
  publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
  drandRelays: env.DRAND_RELAYS,
  destructionJournal: env.DESTRUCTION_JOURNAL,
  notifier: createNotifier({ mailer, solapi: env, log }),
  log,
})
await waitForKeys(dependencies).catch(exitWithMessage)
await destroyBeforeServing(dependencies, env.DATABASE_URL).catch(exitWithMessage)
const runner = startJobs(dependencies, env.DATABASE_URL)
log.info({}, 'Started')

function exitWithMessage(error: Error): never {
  process.stderr.write(`jobs: ${error.message}\n`)
  process.exit(1)
}

let stopping = false
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  try {
    await runner.stop()
    await mailer?.close()
    await close()
    process.exit(0)
  } catch (error) {
    log.error({ err: error }, 'Did not stop cleanly')
    process.exit(1)
  }
}
process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => void stop())
