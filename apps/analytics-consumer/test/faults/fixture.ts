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
import { patience } from './timeout-scale.ts'
import { until } from './until.ts'

const SECRET_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`
const STATEMENT_TIMEOUT = '2000'

export interface StageOptions {
  /** Where the programs reach the database; the server itself unless told. */
  databaseUrl?: (direct: string) => string
  /** New entries a second; 250 unless told. */
  rate?: number
}

/** One scenario's world: a database, a topic, the programs and their customers. */
export class Stage {
  readonly servers: Servers
  readonly database: MigratedDatabase
  readonly eventId: string
  /** Goes on through restarts of the server, which the pool of `database` does slowly. */
  readonly probe: StatementLink
  readonly topic = `participant-events-${randomUUID()}`
  readonly consumers: Program[] = []
  writer: Program
  relay: Program | null = null
  load: Load | null = null
  readonly #all: Program[] = []
  readonly #env: Record<string, string>
  readonly #logs: string
  readonly #writerPort: number
  readonly #rate: number

  private constructor(
    servers: Servers,
    database: MigratedDatabase,
    eventId: string,
    writerPort: number,
    { databaseUrl = (direct) => direct, rate = 250 }: StageOptions,
  ) {
    this.servers = servers
    this.database = database
    this.eventId = eventId
    this.probe = openLink(database.url, { name: 'probe', timeout: 2_000 })
    this.#writerPort = writerPort
    this.#rate = rate
    this.#logs = join(servers.directory, 'logs')
    mkdirSync(this.#logs, { recursive: true })
    this.#env = {
      DATABASE_URL: databaseUrl(database.url),
      KAFKA_BROKERS: servers.brokers,
      KAFKA_TOPIC: this.topic,
      KAFKA_GROUP: this.topic,
      KAFKA_PARTITIONS: '4',
      SECRET_KEYS,
      STATEMENT_TIMEOUT,
    }
    this.writer = this.startWriter()
    this.startRelay()
    this.startConsumer()
  }

  static async set(servers: Servers, options: StageOptions = {}): Promise<Stage> {
    const database = await createCountingDatabase(servers.databaseUrl)
    const eventId = await seedEvent(database.sql)
    return new Stage(servers, database, eventId, await freePort(), options)
  }

  get mode(): Mode {
    return this.servers.mode
  }

  startWriter(): Program {
    this.writer = this.#start('writer', 'bin/writer.ts', { PORT: String(this.#writerPort) })
    return this.writer
  }

  /** Null without Kafka: the consumer reads the outbox itself. */
  startRelay(): Program | null {
    if (this.mode === 'kafka')
      this.relay = this.#start('relay', '../../../../packages/messaging/src/relay/main.ts', {})
    return this.relay
  }

  startConsumer(variables: Record<string, string> = {}): Program {
    const consumer = this.#start(`consumer-${this.consumers.length}`, '../../src/main.ts', variables)
    this.consumers.push(consumer)
    return consumer
  }

  startLoad(): Load {
    const address = `http://127.0.0.1:${this.#writerPort}/`
    this.load = new Load({ address, eventId: this.eventId, rate: this.#rate })
    return this.load
  }

  async counted(): Promise<number> {
    return (await readCounts(this.probe)).total
  }

  /**
   * Milliseconds until something more was counted than now. @throws after `limit` ms on a machine that is not
   * overloaded
   */
  async progress(limit: number): Promise<number> {
    const start = performance.now()
    const before = await this.counted()
    await until(
      async () => (await this.counted()) > before,
      limit * patience(),
      'nothing was counted any more',
    )
    return performance.now() - start
  }

  /** Programs that ended though nobody ended them. */
  deaths(): string[] {
    return this.#all.map((program) => program.died).filter((death) => death !== null)
  }

  async endPrograms(): Promise<void> {
    await Promise.all(this.#all.map((program) => program.kill()))
  }

  /**
   * Half-open connections must have ended before: one that still logs in would keep the server waiting for a
   * minute.
   */
  async drop(): Promise<void> {
    await this.probe.close()
    await this.database.drop()
  }

  #start(name: string, file: string, variables: Record<string, string>): Program {
    const program = new Program(name, {
      file,
      env: { ...this.#env, ...variables },
      logFile: join(this.#logs, `${this.topic.slice(-12)}-${name}.log`),
    })
    this.#all.push(program)
    return program
  }
}
