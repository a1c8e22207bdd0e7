import { randomUUID } from 'node:crypto'
import { afterAll, describe, inject } from 'vitest'
import { ensureTopic, openProducer } from '../src/kafka/kafka-client.ts'
import { createKafkaSource } from '../src/kafka/kafka-source.ts'
import type { Logger } from '../src/logging/logger.ts'
import { noMetrics } from '../src/metrics/metrics.ts'
import { quietLogger } from '../testing/quiet-logger.ts'
import { describeMessageSource } from './message-source-conformance.ts'

const brokers = inject('kafkaBrokers').split(',')
const obstacle = inject('kafkaObstacle')
const cleanups: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const cleanup of cleanups) await cleanup()
})

describe.skipIf(obstacle !== '')(obstacle === '' ? 'with a broker' : `no broker: ${obstacle}`, () => {
  describeMessageSource('Kafka', async () => {
    const topic = { topic: `test-${randomUUID()}`, partitions: 3, replicationFactor: 1 }
    let warnings = 0
    const count = () => void warnings++
    const log: Logger = { ...quietLogger, warn: count, error: count }
    const kafka = { brokers, clientId: 'test', log }
    await ensureTopic(kafka, topic)
    const producer = await openProducer(kafka, topic.topic)
    cleanups.push(() => producer.close())
    return {
      async publish(messages) {
        for (let start = 0; start < messages.length; start += 2_000)
          await producer.send(messages.slice(start, start + 2_000))
      },
      open: () => createKafkaSource({ ...topic, brokers, groupId: topic.topic, log, metrics: noMetrics }),
      settle: async () => undefined,
      warnings: () => warnings,
    }
  })
})
