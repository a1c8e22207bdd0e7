import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@eungmo/db/connection/migrate'
import { freePort } from '@eungmo/tooling/free-port'
import { startKafka } from '@eungmo/tooling/kafka/broker'
import { startPostgres } from '@eungmo/tooling/postgres/server'
import { createTestDatabase, TEST_SETTINGS } from '@eungmo/tooling/testing/test-postgres'
import { startTestRelay } from '../../../../packages/api/test/support/test-drand-relay.ts'
import { METRICS_TOKEN, type StackInfo } from '../support/stack-info.ts'
import { testChainBuild } from './test-chain-build.ts'

const web = join(import.meta.dirname, '../..')
const consumer = join(web, '../analytics-consumer')
const relayProgram = join(web, '../../packages/messaging/src/relay/main.ts')
const jobsProgram = join(web, '../../packages/api/src/jobs/main.ts')
const READY_TIMEOUT_MS = 60_000
const READY_POLL_INTERVAL_MS = 50
const STOP_TIMEOUT_MS = 15_000

type Environment = Record<string, string>

export interface StackSettings {
  kafka: boolean
  beacon: boolean
  /** Relay and jobs as processes of their own, on a PostgreSQL of its own that logs every statement. */
  apart: boolean
}

interface Stack {
  info: StackInfo
  stop(): Promise<void>
}

/**
 * Starts a new database with the demo shop, the built web app and the consumer, on free ports. With `beacon` also a relay
 * that serves the test chain's rounds, and a web app that trusts them.
 */
export async function startStack({ kafka, beacon, apart }: StackSettings): Promise<Stack> {
  const directory = mkdtempSync(join(tmpdir(), 'eungmo-e2e-'))
  const cleanups: (() => Promise<void>)[] = [async () => rmSync(directory, { recursive: true, force: true })]
  const stop = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  }
  try {
    const { databaseUrl, postgresLog } = await database(directory, cleanups, apart)
    const brokers = kafka ? await broker(directory, cleanups) : ''
    await migrate(databaseUrl)
    const port = await freePort()
    const relay = beacon ? startTestRelay() : null
    if (relay) cleanups.push(relay.stop)
    const build = relay ? testChainBuild(web, `test-chain-${port}`) : null
    if (build) cleanups.push(async () => build.remove())
    const baseUrl = `http://127.0.0.1:${port}`
    const secretKeys = `e2e:${randomBytes(32).toString('base64')}`
    const env: Environment = {
      DATABASE_URL: databaseUrl,
      SECRET_KEYS: secretKeys,
      KAFKA_BROKERS: brokers,
      KAFKA_TOPIC: `participant-events-${port}`,
      KAFKA_VIEWS_TOPIC: `entry-page-views-${port}`,
      KAFKA_GROUP: `analytics-${port}`,
      PUBLIC_URL: baseUrl,
      PORT: String(port),
      HOST: '127.0.0.1',
      SIGN_UP: 'open',
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'debug',
      METRICS_TOKEN,
      DRAND_RELAYS: relay?.address ?? '',
      ...(apart && { JOBS: 'off', RELAY: 'off' }),
    }
    const demo = await seedDemo(env)
    const logDirectory = join(directory, 'logs')
    mkdirSync(logDirectory)
    const log = (name: string) => openSync(join(logDirectory, `${name}.log`), 'a')
    const webApp = startProgram([join(build?.folder ?? 'build', 'index.js')], web, env, log('web'))
    cleanups.push(webApp.stop)
    cleanups.push(startProgram(['src/main.ts'], consumer, env, log('consumer')).stop)
    if (apart) cleanups.push(startProgram([jobsProgram], web, env, log('jobs')).stop)
    if (apart && kafka) cleanups.push(startProgram([relayProgram], web, env, log('relay')).stop)
    await untilReady(`${baseUrl}/readyz`)
    const info = { baseUrl, webPid: webApp.pid, logDirectory, databaseUrl, secretKeys, postgresLog, ...demo }
    return { info, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function database(
  directory: string,
  cleanups: (() => Promise<void>)[],
  apart: boolean,
): Promise<{ databaseUrl: string; postgresLog: string | null }> {
  let server = apart ? undefined : process.env.TEST_DATABASE_URL
  let postgresLog: string | null = null
  if (!server) {
    const settings = { ...TEST_SETTINGS, ...(apart && { log_statement: 'all' }) }
    const started = await startPostgres({ dataDir: join(directory, 'postgres'), settings })
    cleanups.push(started.stop)
    server = started.url
    postgresLog = join(started.filesDir, 'postgres.log')
  }
  const created = await createTestDatabase(server)
  cleanups.push(created.drop)
  return { databaseUrl: created.url, postgresLog }
}

async function broker(directory: string, cleanups: (() => Promise<void>)[]): Promise<string> {
  const running = process.env.TEST_KAFKA_BROKERS
  if (running) return running
  const started = await startKafka({ dataDir: join(directory, 'kafka'), durable: false })
  cleanups.push(started.stop)
  return started.brokers
}

type DemoInfo = Omit<
  StackInfo,
  'baseUrl' | 'webPid' | 'logDirectory' | 'databaseUrl' | 'secretKeys' | 'postgresLog'
>

async function seedDemo(env: Environment): Promise<DemoInfo> {
  const seeding = Bun.spawn([process.execPath, 'scripts/seed-demo.ts'], {
    cwd: web,
    env: { ...process.env, ...env },
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const output = await new Response(seeding.stdout).text()
  if ((await seeding.exited) !== 0) throw new Error('The demo shop could not be created.')
  return JSON.parse(output.trim().split('\n').at(-1) ?? '{}')
}

/** Starts a program with Bun, and again after a SIGKILL, as the supervisor does. `pid` is its first process. */
function startProgram(
  words: string[],
  cwd: string,
  env: Environment,
  log: number,
): { pid: number; stop(): Promise<void> } {
  let stopping = false
  const start = () => {
    const child = Bun.spawn([process.execPath, ...words], {
      cwd,
      env: { ...process.env, ...env },
      // Standard output is reserved for the line about the stack.
      stdout: log,
      stderr: log,
    })
    void child.exited.then(() => {
      if (!stopping && child.signalCode === 'SIGKILL') running = start()
    })
    return child
  }
  let running = start()
  return {
    pid: running.pid,
    async stop() {
      stopping = true
      running.kill('SIGTERM')
      const killTimer = setTimeout(() => running.kill('SIGKILL'), STOP_TIMEOUT_MS)
      await running.exited
      clearTimeout(killTimer)
    },
  }
}

/** Resolves when the address returns a success; throws after a minute. */
async function untilReady(address: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  for (;;) {
    const ready = await fetch(address).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return
    if (Date.now() > deadline) throw new Error(`${address} was not ready in time.`)
    await Bun.sleep(READY_POLL_INTERVAL_MS)
  }
}
