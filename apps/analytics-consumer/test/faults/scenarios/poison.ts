import { type OutgoingMessage, openKafka, openProducer } from '@eungmo/messaging/kafka/kafka-client'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { randomUUIDv7 } from 'bun'
import { readCounts } from '../../support/read-counts.ts'
import type { Stage } from '../fixture.ts'
import { bothModes, pause, type Scenario } from '../scenario.ts'
import { patience } from '../timeout-scale.ts'
import { until } from '../until.ts'

export const poison: Scenario = {
  number: 9,
  title: 'poison: bad JSON, \\u0000, tombstone, oversize, unknown type',
  modes: bothModes,
  async play(stage, scale) {
    const rounds = scale === 'full' ? 8 : 3
    let injected = 0
    for (let round = 0; round < rounds; round++) {
      injected += stage.mode === 'kafka' ? await poisonTopic(stage) : await poisonOutbox(stage)
      await pause(300)
      if (round % 3 === 1) {
        await stage.consumers.at(-1)?.kill()
        stage.startConsumer()
      }
    }
    const arrived = async () => (await readCounts(stage.probe)).deadLetters === injected
    await until(arrived, 15_000 * patience(), `not all ${injected} became dead letters`)
    return { notes: `${injected} poisonous messages`, deadLetters: injected }
  },
}

function message(
  stage: Stage,
  change: (value: string) => string | null,
  eventType = 'ParticipantRegistered',
): OutgoingMessage {
  const participantId = randomUUIDv7()
  const value = JSON.stringify({
    participantId,
    eventId: stage.eventId,
    entryPath: 'SNS',
    timestamp: new Date().toISOString(),
  })
  const headers = { 'message-id': participantId, 'event-type': eventType, 'schema-version': '1' }
  return { key: participantId, value: change(value), headers }
}

async function poisonTopic(stage: Stage): Promise<number> {
  const producer = await openProducer(
    openKafka({ brokers: stage.servers.brokers, clientId: 'poison', log: quietLogger }),
    stage.topic,
  )
  const messages = [
    message(stage, (value) => value.slice(0, -7)),
    message(stage, (value) => value.replace('SNS', 'S\\u0000NS')),
    message(stage, () => null),
    message(stage, (value) => value + ' '.repeat(100_000)),
    message(stage, (value) => value, 'Nonsense'),
  ]
  try {
    await producer.send(messages)
  } finally {
    await producer.close()
  }
  return messages.length
}

/** jsonb keeps the worst out of the outbox; what remains is JSON that is no message of ours. */
async function poisonOutbox(stage: Stage): Promise<number> {
  const payloads = ['[]', '{"participantId": 1}', 'null', `{"entryPath": "${'x'.repeat(100_000)}"}`]
  for (const payload of payloads) {
    const id = randomUUIDv7()
    await stage.database.sql`
      insert into outbox (message_id, event_type, schema_version, key, payload)
      values (${id}, 'ParticipantRegistered', 1, ${id}, ${payload}::text::jsonb)`
  }
  return payloads.length
}
