import { randomUUID } from 'node:crypto'
import { ConfigResourceTypes } from 'kafkajs'
import { afterAll, describe, expect, inject, test, vi } from 'vitest'
import { createKafka, ensureTopic, openProducer } from '../src/kafka/kafka-client.ts'
import { createKafkaSource } from '../src/kafka/kafka-source.ts'
import type { Logger } from '../src/logging/logger.ts'
import { noMetrics } from '../src/metrics/metrics.ts'
import { quietLogger } from '../testing/quiet-logger.ts'
import { describeMessageSource } from './message-source-conformance.ts'

const DAY_MS = 24 * 60 * 60 * 1000
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

  test.each([
    ['of 7 days', null, ''],
    ['without end', -1, 'for ever, not 7'],
    ['of 90 days', 90 * DAY_MS, 'for 90 days, not 7'],
    ['of a day', DAY_MS, 'for 1 days, not 7'],
  ])(
    'a topic with a retention %s is reported when it differs from what counting is made for',
    async (_, retentionMs, text) => {
      const topic = { topic: `test-${randomUUID()}`, partitions: 1, replicationFactor: 1 }
      const warnings: string[] = []
      const log: Logger = {
        ...quietLogger,
        warn: (_fields: unknown, message?: string) => void warnings.push(message ?? ''),
      }
      const kafka = { brokers, clientId: 'test', log }
      await ensureTopic(kafka, topic)
      if (retentionMs !== null) {
        const admin = createKafka(kafka).admin()
        await admin.connect()
        const configEntries = [{ name: 'retention.ms', value: String(retentionMs) }]
        await admin.alterConfigs({
          validateOnly: false,
          resources: [{ type: ConfigResourceTypes.TOPIC, name: topic.topic, configEntries }],
        })
        await admin.disconnect()
      }
      const source = createKafkaSource({ ...topic, brokers, groupId: topic.topic, log, metrics: noMetrics })
      const running = source.run(async () => true)
      cleanups.push(() => source.stop())
      if (text === '') await source.stop()
      else
        await vi.waitFor(() => expect(warnings).toContainEqual(expect.stringContaining(text)), {
          timeout: 20_000,
        })
      await source.stop()
      await running
      if (text === '') expect(warnings.filter((warning) => warning.includes('retains'))).toEqual([])
    },
  )
})
