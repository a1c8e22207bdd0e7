import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@eungmo/tooling/free-port'
import { type RunningKafka, startKafka } from '@eungmo/tooling/kafka/broker'
import { type RunningPostgres, startPostgres } from '@eungmo/tooling/postgres/server'
import { timeoutScale } from './timeout-scale.ts'

const START_TIMEOUT_MS = 60_000

export type Mode = 'outbox' | 'kafka'

/**
 * A PostgreSQL server and, in Kafka mode, a broker, in a directory of their own, to be killed and restarted.
 */
export class Servers {
  readonly mode: Mode
  readonly directory: string
  #postgres: RunningPostgres
  #kafka: RunningKafka | null

  private constructor(mode: Mode, directory: string, postgres: RunningPostgres, kafka: RunningKafka | null) {
    this.mode = mode
    this.directory = directory
    this.#postgres = postgres
    this.#kafka = kafka
  }

  static async start(mode: Mode): Promise<Servers> {
    const directory = mkdtempSync(join(tmpdir(), 'eungmo-faults-'))
    const [postgres, kafka] = await Promise.all([
      startPostgres(postgresOptions(directory, await freePort())),
      mode === 'kafka' ? startKafka(kafkaOptions(directory)) : null,
    ])
    return new Servers(mode, directory, postgres, kafka)
  }

  get databaseUrl(): string {
    return this.#postgres.url
  }

  get brokers(): string {
    return this.#kafka?.brokers ?? ''
  }

  get brokerPid(): number {
    if (!this.#kafka) throw new Error('There is no broker in this mode')
    return this.#kafka.pid
  }

  /** As `pg_ctl restart -m immediate`: no checkpoint and no orderly disconnect, so crash recovery follows. */
  async restartPostgres(): Promise<void> {
    const { pid, port, exited } = this.#postgres
    process.kill(pid, 'SIGQUIT')
    await exited
    this.#postgres = await startPostgres(postgresOptions(this.directory, port))
  }

  /** Kills the broker with SIGKILL. Returns the function that restarts it on the same data. */
  async killBroker(): Promise<() => Promise<void>> {
    const kafka = this.#kafka
    if (!kafka) throw new Error('There is no broker in this mode')
    process.kill(kafka.pid, 'SIGKILL')
    await kafka.exited
    return async () => {
      this.#kafka = await startKafka({ ...kafkaOptions(this.directory), port: kafka.port })
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.#postgres.stop(), this.#kafka?.stop()])
    rmSync(this.directory, { recursive: true, force: true })
  }
}

function postgresOptions(directory: string, port: number) {
  return {
    dataDir: join(directory, 'postgres'),
    port,
    settings: { max_connections: 400 },
    startTimeoutMs: startTimeoutMs(),
  }
}

function kafkaOptions(directory: string) {
  return { dataDir: join(directory, 'kafka'), startTimeoutMs: startTimeoutMs() }
}

/** A start that takes longer on a busy machine is no failure of the product. */
const startTimeoutMs = () => START_TIMEOUT_MS * timeoutScale()
