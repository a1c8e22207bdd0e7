import { existsSync, mkdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { embeddedEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'
import { isPortFree } from '../free-port.ts'
import { logTail, rotateLogs } from '../processes/log-file.ts'
import { ROOT } from '../repository.ts'
import { addresses } from './addresses.ts'
import { type Demo, demoShop } from './demo.ts'
import { embeddedDatabase, ownBroker } from './embedded-parts.ts'
import { processPart } from './process-part.ts'
import { claim, LOG_FOLDER, RunFile } from './run-file.ts'
import { embeddedSecretKeys } from './secrets.ts'
import { readSettings, type Settings, SettingsError } from './settings.ts'
import { build, checkKeys, migrateDatabase, readSchemaState, readSetupCode, seedDemo } from './steps.ts'
import { Supervisor } from './supervisor.ts'
import { untilReady } from './until-ready.ts'
import { webHeap } from './web-heap.ts'

const DATA_DIRECTORY = resolve(ROOT, readEnvironmentOrExit(embeddedEnvironment).DATA_DIR)
const LOG_DIRECTORY = join(DATA_DIRECTORY, LOG_FOLDER)
/** Before web serves, it destroys what is due: after a backup was restored, perhaps a million rows. */
const READY_TIMEOUT_MS = 600_000
const STOP_TIMEOUT_MS = 15_000
const LOG_ROTATION_INTERVAL_MS = 60_000

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Starts every part in order and prints the addresses; from then on the supervisor keeps the parts running. */
async function bringUp(settings: Settings, supervisor: Supervisor, signal: AbortSignal): Promise<void> {
  const { port, host, databaseUrl } = settings
  print('Starting Eungmo…')
  if (!existsSync(join(ROOT, 'apps/web/build'))) print('The first build takes about a minute.')
  const building = build(signal)
  // Awaited only after the database has started; a failure before that must not count as unhandled.
  building.catch(() => {})

  const readState = (url: string) => readSchemaState({ ...process.env, DATABASE_URL: url }, signal)
  const database = databaseUrl
    ? { url: databaseUrl, isEmpty: false }
    : await embeddedDatabase(DATA_DIRECTORY, supervisor, readState, print)
  const keys = settings.secretKeys ?? embeddedSecretKeys(DATA_DIRECTORY, database.isEmpty)
  const brokers = settings.ownKafka
    ? await ownBroker(DATA_DIRECTORY, supervisor, print)
    : settings.kafkaBrokers
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(port),
    HOST: host,
    DATABASE_URL: database.url,
    SECRET_KEYS: keys,
    KAFKA_BROKERS: brokers,
    DESTRUCTION_JOURNAL: settings.destructionJournal ?? join(DATA_DIRECTORY, 'destructions.jsonl'),
    // No load balancer stands in front, and Ctrl-C is quick.
    DRAIN_SECONDS: '0',
  }
  signal.throwIfAborted()
  await migrateDatabase(env, signal)
  await building
  await checkKeys(env, signal)

  const urls = addresses(host, port)
  const [baseUrl = ''] = urls
  const demo = databaseUrl ? undefined : await demoShop(DATA_DIRECTORY, baseUrl, () => seedDemo(env, signal))

  const program = (name: string, file: string, more: Record<string, string> = {}) =>
    processPart({
      name,
      command: [process.execPath, join(ROOT, file)],
      cwd: ROOT,
      env: { ...more, ...env },
      logFile: join(LOG_DIRECTORY, `${name}.log`),
      stopTimeoutMs: STOP_TIMEOUT_MS,
    })
  await supervisor.add(program('consumer', 'apps/analytics-consumer/src/main.ts'))
  const web = await supervisor.add(program('web', 'apps/web/build/index.js', webHeap))
  const hint = () => logTail(join(LOG_DIRECTORY, 'web.log'))
  await untilReady(web, `${baseUrl}/readyz`, { timeoutMs: READY_TIMEOUT_MS, signal, hint })
  announce(urls, demo)
  // The embedded database has the demo's owner.
  const setup = databaseUrl ? await readSetupCode(env, signal) : ''
  if (setup) print(`\n${setup}`)
}

function announce(urls: string[], demo: Demo | undefined): void {
  print(`\nEungmo is up:\n${urls.map((url) => `  ${url}`).join('\n')}`)
  if (demo) {
    print(`\nDemo event:  ${demo.baseUrl}/e/${demo.slug}`)
    print(
      `Sign in at   ${demo.baseUrl}/login\n  e-mail     ${demo.ownerEmail}\n  password   ${demo.ownerPassword}`,
    )
  }
  print(`\nLogs are in ${relative(process.cwd(), LOG_DIRECTORY)}. Ctrl-C stops everything.`)
}

async function main(): Promise<number> {
  const settings = readSettings(process.env, process.argv.slice(2))
  const release = claim(DATA_DIRECTORY)
  const runFile = new RunFile(DATA_DIRECTORY)
  const supervisor = new Supervisor({ log: print, changed: (pids) => runFile.write(pids) })
  const stopping = new AbortController()
  const stopRequested = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (!stopping.signal.aborted) print('\nStopping…')
        stopping.abort()
        resolve()
      })
    }
  })
  try {
    mkdirSync(LOG_DIRECTORY, { recursive: true })
    rotateLogs(LOG_DIRECTORY)
    setInterval(() => rotateLogs(LOG_DIRECTORY), LOG_ROTATION_INTERVAL_MS).unref()
    await runFile.stopLeftovers(['web', 'consumer'], ROOT)
    if (!(await isPortFree(settings.port, settings.host))) {
      throw new SettingsError(
        `Port ${settings.port} is taken; choose another one: PORT=${settings.port + 1} npm start`,
      )
    }
    await bringUp(settings, supervisor, stopping.signal)
    await stopRequested
    return 0
  } catch (error) {
    if (stopping.signal.aborted) return 0
    throw error
  } finally {
    stopping.abort()
    await supervisor.stop()
    runFile.remove()
    release()
  }
}

try {
  process.exit(await main())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
