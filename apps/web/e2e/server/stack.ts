import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@eungmo/db/connection/migrate'
import { freePort } from '@eungmo/tooling/free-port'
import { startKafka } from '@eungmo/tooling/kafka/broker'
import { startPostgres } from '@eungmo/tooling/postgres/server'
import { createTestDatabase, TEST_SETTINGS } from '@eungmo/tooling/testing/test-postgres'
import { startTestRelay } from '../../../../packages/api/test/support/test-drand-relay.ts'
import type { StackFacts } from '../support/stack-info.ts'
import { testChainBuild } from './test-chain-build.ts'

const web = join(import.meta.dirname, '../..')
const consumer = join(web, '../analytics-consumer')

type Environment = Record<string, string>

interface Stack {
  facts: StackFacts
  /** For what no test in a browser may reach. */
  databaseUrl: string
  stop(): Promise<void>
}

/**
 * A database of its own, the demo shop in it, the built web app and the consumer, on free ports. With `beacon` also a relay that serves the
 * test chain's rounds, and a web app that trusts them; without, there is no relay.
 */
export async function startStack({ kafka, beacon }: { kafka: boolean; beacon: boolean }): Promise<Stack> {
  const directory = mkdtempSync(join(tmpdir(), 'eungmo-e2e-'))
  const ends: (() => Promise<void>)[] = [async () => rmSync(directory, { recursive: true, force: true })]
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  try {
    const databaseUrl = await database(directory, ends)
    const brokers = kafka ? await broker(directory, ends) : ''
    await migrate(databaseUrl)
    const port = await freePort()
    const relay = beacon ? startTestRelay() : null
    if (relay) ends.push(relay.stop)
    const build = relay ? testChainBuild(web, `test-chain-${port}`) : null
    if (build) ends.push(async () => build.remove())
    const baseUrl = `http://127.0.0.1:${port}`
    const env: Environment = {
      DATABASE_URL: databaseUrl,
      SECRET_KEYS: `e2e:${randomBytes(32).toString('base64')}`,
      KAFKA_BROKERS: brokers,
      KAFKA_TOPIC: `participant-events-${port}`,
      PUBLIC_URL: baseUrl,
      PORT: String(port),
      HOST: '127.0.0.1',
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'warn',
      DRAND_RELAYS: relay?.address ?? '',
    }
    const demo = await seedDemo(env)
    const webApp = program([join(build?.folder ?? 'build', 'index.js')], web, env)
    ends.push(webApp.stop)
    ends.push(program(['src/main.ts'], consumer, env).stop)
    await answering(`${baseUrl}/readyz`)
    return { facts: { baseUrl, webPid: webApp.pid, ...demo }, databaseUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function database(directory: string, ends: (() => Promise<void>)[]): Promise<string> {
  let server = process.env.TEST_DATABASE_URL
  if (!server) {
    const started = await startPostgres({ dataDir: join(directory, 'postgres'), settings: TEST_SETTINGS })
    ends.push(started.stop)
    server = started.url
  }
  const made = await createTestDatabase(server)
  ends.push(made.drop)
  return made.url
}

async function broker(directory: string, ends: (() => Promise<void>)[]): Promise<string> {
  const given = process.env.TEST_KAFKA_BROKERS
  if (given) return given
  const started = await startKafka({ dataDir: join(directory, 'kafka'), durable: false })
  ends.push(started.stop)
  return started.brokers
}

async function seedDemo(env: Environment): Promise<Omit<StackFacts, 'baseUrl' | 'webPid'>> {
  const seeding = Bun.spawn([process.execPath, 'scripts/seed-demo.ts'], {
    cwd: web,
    env: { ...process.env, ...env },
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const output = await new Response(seeding.stdout).text()
  if ((await seeding.exited) !== 0) throw new Error('The demo shop could not be made.')
  return JSON.parse(output.trim().split('\n').at(-1) ?? '{}')
}

/** Starts a program of ours with Bun; one that is killed is started again, as a supervisor would. `pid` is its first process. */
function program(words: string[], cwd: string, env: Environment): { pid: number; stop(): Promise<void> } {
  let stopping = false
  const start = () => {
    const child = Bun.spawn([process.execPath, ...words], {
      cwd,
      env: { ...process.env, ...env },
      // Our own standard output carries one line of facts.
      stdout: 'ignore',
      stderr: 'inherit',
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
      const late = setTimeout(() => running.kill('SIGKILL'), 15_000)
      await running.exited
      clearTimeout(late)
    },
  }
}

async function answering(address: string): Promise<void> {
  const until = Date.now() + 60_000
  for (;;) {
    const ready = await fetch(address).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return
    if (Date.now() > until) throw new Error(`${address} does not answer.`)
    await Bun.sleep(50)
  }
}
