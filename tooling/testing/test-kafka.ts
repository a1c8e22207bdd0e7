import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { kafkaObstacle, startKafka } from '../kafka/broker.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The tests' broker, in the form of KAFKA_BROKERS; '' where none can run. */
    kafkaBrokers: string
    /** Why there is none, in a few words, for the skipped suite's name; '' when there is one. */
    kafkaObstacle: string
  }
}

let stop: () => Promise<void> = async () => {}

/**
 * Vitest global setup: provides `kafkaBrokers`, the broker in TEST_KAFKA_BROKERS or a new one in a temporary directory.
 * Where Java 17 or Maven is missing it provides '' and the reason.
 * @throws with CI=true instead, so that no test is left out there
 */
export async function setup(project: TestProject): Promise<void> {
  const external = process.env.TEST_KAFKA_BROKERS
  const obstacle = external ? undefined : kafkaObstacle()
  if (obstacle && process.env.CI === 'true') throw new Error(`${obstacle}: the Kafka tests cannot run.`)
  project.provide('kafkaObstacle', obstacle ?? '')
  if (external) project.provide('kafkaBrokers', external)
  else if (obstacle) project.provide('kafkaBrokers', '')
  else await provideOwn(project)
}

async function provideOwn(project: TestProject): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'eungmo-test-kafka-'))
  const remove = () => rmSync(dataDir, { recursive: true, force: true })
  try {
    const broker = await startKafka({ dataDir, durable: false })
    const end = () => void process.kill(broker.pid, 'SIGTERM')
    process.once('exit', end)
    stop = async () => {
      process.off('exit', end)
      await broker.stop()
      remove()
    }
    project.provide('kafkaBrokers', broker.brokers)
  } catch (error) {
    remove()
    throw error
  }
}

export async function teardown(): Promise<void> {
  await stop()
}
