import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kafkaObstacle, startKafka } from '../kafka/broker.ts'
import { startPostgres } from '../postgres/server.ts'
import { TEST_SETTINGS } from '../testing/test-postgres.ts'

/** The database server and the broker that the tests of all packages share. */
export type Services = {
  env: Record<string, string>
  stop(): Promise<void>
}

/**
 * Starts both in temporary directories, which `stop` removes. Without Java 17 or Maven there is no broker, and the suites
 * that need one report it. TEST_FSYNC=off lets the database skip waiting for the disk.
 */
export async function startServices(log: (line: string) => void): Promise<Services> {
  const home = mkdtempSync(join(tmpdir(), 'eungmo-test-'))
  const fsync = process.env.TEST_FSYNC === 'off' ? 'off' : 'on'
  const withKafka = kafkaObstacle() === undefined
  const started = await Promise.allSettled([
    startPostgres({ dataDir: join(home, 'postgres'), settings: { ...TEST_SETTINGS, fsync } }),
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
