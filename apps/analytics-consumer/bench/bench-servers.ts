import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kafkaObstacle, startKafka } from '@eungmo/tooling/kafka/broker'
import { startPostgres } from '@eungmo/tooling/postgres/server'

export interface BenchServers {
  postgresUrl: string
  /** Empty when no broker can run here. */
  brokers: string
  stop(): Promise<void>
}

/**
 * Starts servers in a temporary directory: PostgreSQL with its defaults (fsync on), and a broker that
 * acknowledges before it flushes.
 */
export async function startBenchServers(): Promise<BenchServers> {
  const directory = mkdtempSync(join(tmpdir(), 'eungmo-bench-'))
  const postgres = await startPostgres({
    dataDir: join(directory, 'postgres'),
    settings: { max_wal_size: '4GB' },
  })
  const obstacle = kafkaObstacle()
  const kafka = obstacle ? null : await startKafka({ dataDir: join(directory, 'kafka'), durable: false })
  return {
    postgresUrl: postgres.url,
    brokers: kafka?.brokers ?? '',
    async stop() {
      await Promise.all([postgres.stop(), kafka?.stop()])
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
