import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kafkaObstacle, startKafka } from '../kafka/broker.ts'
import { startPostgres } from '../postgres/server.ts'

/** The one database server and the one broker of a test run, for every package's tests. */
export type Services = {
  env: Record<string, string>
  stop(): Promise<void>
}

/** What the tests of all packages need together; the default of 100 connections is too few. */
const CONNECTIONS = 300

/**
 * Starts both in temporary directories that go away with `stop`. Without Java 17 or Maven there is no broker, and the
 * suites that need one say so themselves. TEST_FSYNC=off lets the database skip waiting for the disk.
 */
export async function startServices(log: (line: string) => void): Promise<Services> {
  const home = mkdtempSync(join(tmpdir(), 'eungmo-test-'))
  const fsync = process.env.TEST_FSYNC === 'off' ? 'off' : 'on'
  const withKafka = kafkaObstacle() === undefined
  const started = await Promise.allSettled([
    startPostgres({ dataDir: join(home, 'postgres'), settings: { max_connections: CONNECTIONS, fsync } }),
    ...(withKafka ? [startKafka({ dataDir: join(home, 'kafka'), durable: false, log })] : []),
  ] as const)
  const stop = async () => {
    await Promise.all(started.map((one) => (one.status === 'fulfilled' ? one.value.stop() : undefined)))
    rmSync(home, { recursive: true, force: true })
  }
  const failed = started.find((one) => one.status === 'rejected')
  if (failed) {
    await stop()
    throw failed.reason
  }
  const [postgres, kafka] = started
  return {
    env: {
      ...(postgres.status === 'fulfilled' ? { TEST_DATABASE_URL: postgres.value.url } : {}),
      ...(kafka?.status === 'fulfilled' ? { TEST_KAFKA_BROKERS: kafka.value.brokers } : {}),
    },
    stop,
  }
}
