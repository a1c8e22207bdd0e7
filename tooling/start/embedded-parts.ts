import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { startKafka, stopLeftoverKafka } from '../kafka/broker.ts'
import {
  filesOfEarlierMajor,
  type RunningPostgres,
  startPostgres,
  stopLeftoverPostgres,
} from '../postgres/server.ts'
import { moveAside } from './move-aside.ts'
import type { SchemaState } from './steps.ts'
import type { Supervisor } from './supervisor.ts'

type Log = (line: string) => void

export type EmbeddedDatabase = {
  /** DATABASE_URL. */
  url: string
  /** Whether nothing is stored in it yet. */
  isEmpty: boolean
}

/**
 * Adds the embedded database to the supervisor; it keeps its port over restarts. The data of an earlier version is moved
 * aside first, and the database is then a new one.
 */
export async function embeddedDatabase(
  data: string,
  supervisor: Supervisor,
  readState: (url: string) => Promise<SchemaState>,
  log: Log,
): Promise<EmbeddedDatabase> {
  const dataDir = join(data, 'postgres')
  await stopLeftoverPostgres(dataDir)
  const setAside = async (filesDir: string) => {
    await stopLeftoverKafka(join(data, 'kafka'))
    log(moveAside(data, filesDir))
  }
  const unreadable = filesOfEarlierMajor(dataDir, log)
  if (unreadable !== undefined) await setAside(unreadable)
  const port = await freePort()
  const launch = () => startPostgres({ dataDir, port, database: 'eungmo', log })
  let running: RunningPostgres | undefined = await launch()
  let state: SchemaState
  try {
    state = await readState(running.url)
    if (state === 'older') {
      await running.stop()
      await setAside(running.filesDir)
      running = await launch()
      state = 'empty'
    }
  } catch (error) {
    await running.stop()
    throw error
  }
  const { url } = running
  await supervisor.add({
    name: 'postgres',
    async launch() {
      const started = running ?? (await launch())
      running = undefined
      return started
    },
  })
  return { url, isEmpty: state === 'empty' }
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
