import { existsSync, mkdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { embeddedEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'
import { isPortFree } from '../free-port.ts'
import { logTail } from '../processes/log-file.ts'
import { ROOT } from '../repository.ts'
import { addresses } from './addresses.ts'
import { type Demo, demoShop } from './demo.ts'
import { embeddedDatabase, ownBroker } from './embedded-parts.ts'
import { processPart } from './process-part.ts'
import { claim, RunFile } from './run-file.ts'
import { embeddedSecretKeys } from './secrets.ts'
import { readSettings, type Settings, SettingsError } from './settings.ts'
import { build, migrateDatabase, seedDemo } from './steps.ts'
import { Supervisor } from './supervisor.ts'
import { untilReady } from './until-ready.ts'

const DATA = resolve(ROOT, readEnvironmentOrExit(embeddedEnvironment).DATA_DIR)
const LOGS = join(DATA, 'logs')
const READY_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 15_000

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Starts everything in order and says where it is; the supervisor goes on from there. */
async function bringUp(settings: Settings, supervisor: Supervisor, signal: AbortSignal): Promise<void> {
  const { port, host, databaseUrl } = settings
  print('Starting Eungmo…')
  if (!existsSync(join(ROOT, 'apps/web/build'))) print('The first build takes about a minute.')
  const building = build(signal)
  // Awaited after the database: a failure before then is not an unhandled one.
  building.catch(() => {})

  const keys = settings.secretKeys ?? embeddedSecretKeys(DATA, existsSync(join(DATA, 'postgres', 'cluster')))
  const database = databaseUrl ?? (await embeddedDatabase(DATA, supervisor, print))
  const brokers = settings.ownKafka ? await ownBroker(DATA, supervisor, print) : settings.kafkaBrokers
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(port),
    HOST: host,
    DATABASE_URL: database,
    SECRET_KEYS: keys,
    KAFKA_BROKERS: brokers,
  }
  signal.throwIfAborted()
  await migrateDatabase(env, signal)
  await building

  const here = addresses(host, port)
  const [baseUrl = ''] = here
  const demo = databaseUrl ? undefined : await demoShop(DATA, baseUrl, () => seedDemo(env, signal))

  const program = (name: string, file: string) =>
    processPart({
      name,
      words: [process.execPath, join(ROOT, file)],
      cwd: ROOT,
      env,
      logFile: join(LOGS, `${name}.log`),
      stopTimeoutMs: STOP_TIMEOUT_MS,
    })
  await supervisor.add(program('consumer', 'apps/analytics-consumer/src/main.ts'))
  const web = await supervisor.add(program('web', 'apps/web/build/index.js'))
  const hint = () => logTail(join(LOGS, 'web.log'))
  await untilReady(web, `${baseUrl}/readyz`, { timeoutMs: READY_TIMEOUT_MS, signal, hint })
  announce(here, demo)
}

function announce(here: string[], demo: Demo | undefined): void {
  print(`\nEungmo is up:\n${here.map((address) => `  ${address}`).join('\n')}`)
  if (demo) {
    print(`\nDemo event:  ${demo.baseUrl}/e/${demo.slug}`)
    print(
      `Sign in at   ${demo.baseUrl}/login\n  e-mail     ${demo.ownerEmail}\n  password   ${demo.ownerPassword}`,
    )
  }
  print(`\nLogs are in ${relative(process.cwd(), LOGS)}. Ctrl-C stops everything.`)
}

async function main(): Promise<number> {
  const settings = readSettings(process.env, process.argv.slice(2))
  const release = claim(DATA)
  const runFile = new RunFile(DATA)
  const supervisor = new Supervisor({ log: print, changed: (pids) => runFile.write(pids) })
  const stopping = new AbortController()
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (!stopping.signal.aborted) print('\nStopping…')
        stopping.abort()
        resolve()
      })
    }
  })
  try {
    mkdirSync(LOGS, { recursive: true })
    await runFile.stopLeftovers(['web', 'consumer'], ROOT)
    if (!(await isPortFree(settings.port, settings.host))) {
      throw new SettingsError(
        `Port ${settings.port} is taken; choose another one: PORT=${settings.port + 1} npm start`,
      )
    }
    await bringUp(settings, supervisor, stopping.signal)
    await asked
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
