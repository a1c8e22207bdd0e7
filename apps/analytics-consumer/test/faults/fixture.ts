import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openLink, type StatementLink } from '@eungmo/db/connection/statement-link'
import type { MigratedDatabase } from '@eungmo/db/testing/migrated-database'
import { freePort } from '@eungmo/tooling/free-port'
import { createCountingDatabase } from '../support/counting-database.ts'
import { readCounts } from '../support/read-counts.ts'
import { seedEvent } from '../support/seed-event.ts'
import { Load } from './load.ts'
import { Program } from './program.ts'
import type { Mode, Servers } from './servers.ts'
import { timeoutScale } from './timeout-scale.ts'
import { waitUntil } from './wait-until.ts'

const SECRET_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`
const STATEMENT_TIMEOUT_MS = '2000'
const ENTRIES_PER_SECOND = 250

export interface FixtureOptions {
  /** Turns the server's URL into the one that the programs connect to. Defaults to the server itself. */
  databaseUrl?: (serverUrl: string) => string
}

/** What one scenario works on: a database, a topic, the programs and their customers. */
export class Fixture {
  readonly servers: Servers
  readonly database: MigratedDatabase
  readonly eventId: string
  /** Reads the counts. A link recovers from restarts of the server faster than the pool of `database`. */
  readonly probe: StatementLink
  readonly topic = `participant-events-${randomUUID()}`
  readonly consumers: Program[] = []
  writer: Program
  relay: Program | null = null
  readonly #programs: Program[] = []
  readonly #env: Record<string, string>
  readonly #logDirectory: string
  readonly #writerPort: number

  private constructor(
    servers: Servers,
    database: MigratedDatabase,
    eventId: string,
    writerPort: number,
    { databaseUrl = (serverUrl) => serverUrl }: FixtureOptions,
  ) {
    this.servers = servers
    this.database = database
    this.eventId = eventId
    this.probe = openLink(database.url, { name: 'probe', timeout: 2_000 })
    this.#writerPort = writerPort
    this.#logDirectory = join(servers.directory, 'logs')
    mkdirSync(this.#logDirectory, { recursive: true })
    this.#env = {
      DATABASE_URL: databaseUrl(database.url),
      KAFKA_BROKERS: servers.brokers,
      KAFKA_TOPIC: this.topic,
      KAFKA_VIEWS_TOPIC: `${this.topic}-views`,
      KAFKA_GROUP: this.topic,
      KAFKA_PARTITIONS: '4',
      SECRET_KEYS,
      STATEMENT_TIMEOUT: STATEMENT_TIMEOUT_MS,
    }
    this.writer = this.startWriter()
    this.startRelay()
    this.startConsumer()
  }

  static async create(servers: Servers, options: FixtureOptions = {}): Promise<Fixture> {
    const database = await createCountingDatabase(servers.databaseUrl)
    const eventId = await seedEvent(database.sql)
    return new Fixture(servers, database, eventId, await freePort(), options)
  }

  get mode(): Mode {
    return this.servers.mode
  }

  startWriter(): Program {
    this.writer = this.#start('writer', 'bin/writer.ts', { PORT: String(this.#writerPort) })
    return this.writer
  }

  /** Returns null without Kafka, where the consumer reads the outbox itself. */
  startRelay(): Program | null {
    if (this.mode === 'kafka')
      this.relay = this.#start('relay', '../../../../packages/messaging/src/relay/main.ts', {})
    return this.relay
  }

  startConsumer(): Program {
    const consumer = this.#start(`consumer-${this.consumers.length}`, '../../src/main.ts', {})
    this.consumers.push(consumer)
    return consumer
  }

  startLoad(): Load {
    return new Load({
      address: `http://127.0.0.1:${this.#writerPort}/`,
      eventId: this.eventId,
      entriesPerSecond: ENTRIES_PER_SECOND,
    })
  }

  /** The number of entries that were counted. */
  async counted(): Promise<number> {
    return (await readCounts(this.probe)).total
  }

  /**
   * Resolves with the milliseconds until one more entry is counted than now. Rejects after `timeoutMs`, which
   * is extended on a busy machine.
   */
  async untilProgress(timeoutMs: number): Promise<number> {
    const start = performance.now()
    const before = await this.counted()
    await waitUntil(
      async () => (await this.counted()) > before,
      timeoutMs * timeoutScale(),
      'No further entry was counted',
    )
    return performance.now() - start
  }

  /** Programs that ended without being killed or stopped by the scenario, one sentence each. */
  unexpectedExits(): string[] {
    return this.#programs.map((program) => program.unexpectedExit).filter((exit) => exit !== null)
  }

  async killPrograms(): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.kill()))
  }

  /**
   * Half-open connections must have ended before: one that still logs in would block the server for a minute.
   */
  async drop(): Promise<void> {
    await this.probe.close()
    await this.database.drop()
  }

  #start(name: string, file: string, variables: Record<string, string>): Program {
    const program = new Program(name, {
      file,
      env: { ...this.#env, ...variables },
      logFile: join(this.#logDirectory, `${this.topic.slice(-12)}-${name}.log`),
    })
    this.#programs.push(program)
    return program
  }
}
