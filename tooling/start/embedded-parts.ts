import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { startKafka, stopLeftoverKafka } from '../kafka/broker.ts'
import { startPostgres, stopLeftoverPostgres } from '../postgres/server.ts'
import type { Supervisor } from './supervisor.ts'

type Log = (line: string) => void

/** Adds the embedded database to the supervisor; it keeps its port over restarts. Returns DATABASE_URL. */
export async function embeddedDatabase(data: string, supervisor: Supervisor, log: Log): Promise<string> {
  const dataDir = join(data, 'postgres')
  await stopLeftoverPostgres(dataDir)
  const port = await freePort()
  let url = ''
  await supervisor.add({
    name: 'postgres',
    async launch() {
      const server = await startPostgres({ dataDir, port, database: 'eungmo', log })
      url = server.url
      return server
    },
  })
  return url
}

/** Adds a local Kafka broker to the supervisor; it keeps its port over restarts. Returns KAFKA_BROKERS. */
export async function ownBroker(data: string, supervisor: Supervisor, log: Log): Promise<string> {
  const dataDir = join(data, 'kafka')
  await stopLeftoverKafka(dataDir)
  let port: number | undefined
  let brokers = ''
  await supervisor.add({
    name: 'kafka',
    async launch() {
      const broker = await startKafka({ dataDir, log, ...(port === undefined ? {} : { port }) })
      port = broker.port
      brokers = broker.brokers
      return broker
    },
  })
  return brokers
}
