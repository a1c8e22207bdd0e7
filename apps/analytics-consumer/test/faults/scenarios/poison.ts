import { pause } from '@eungmo/db/timing/pause'
import { headerNames } from '@eungmo/messaging/contract/message'
import { type OutgoingMessage, openProducer } from '@eungmo/messaging/kafka/kafka-client'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { sampleMessage } from '@eungmo/messaging/testing/sample-message'
import { randomUUIDv7 } from 'bun'
import { readCounts } from '../../support/read-counts.ts'
import type { Fixture } from '../fixture.ts'
import { bothModes, type Scenario } from '../scenario.ts'
import { timeoutScale } from '../timeout-scale.ts'
import { waitUntil } from '../wait-until.ts'

export const poison: Scenario = {
  number: 9,
  title: 'poison: invalid JSON, \\u0000, tombstone, oversize, unknown type',
  modes: bothModes,
  async run(fixture, scale, random) {
    const rounds = scale === 'full' ? 8 : 3
    let injected = 0
    for (let round = 0; round < rounds; round++) {
      injected += fixture.mode === 'kafka' ? await poisonTopic(fixture) : await poisonOutbox(fixture)
      await pause(random.between(0, 600))
      if (round % 3 === 1) {
        await fixture.consumers.at(-1)?.kill()
        fixture.startConsumer()
      }
    }
    const arrived = async () => (await readCounts(fixture.probe)).deadLetters === injected
    await waitUntil(
      arrived,
      15_000 * timeoutScale(),
      `Not all of the ${injected} messages became dead letters`,
    )
    return { notes: `${injected} poisonous messages`, deadLetters: injected }
  },
}

function message(
  fixture: Fixture,
  change: (value: string) => string | null,
  eventType = 'ParticipantRegistered',
): OutgoingMessage {
  const { key, value, headers } = sampleMessage({ eventId: fixture.eventId })
  return { key, value: change(value), headers: { ...headers, [headerNames.eventType]: eventType } }
}

async function poisonTopic(fixture: Fixture): Promise<number> {
  const producer = await openProducer(
    { brokers: fixture.servers.brokers.split(','), clientId: 'poison', log: quietLogger },
    fixture.topic,
  )
  const messages = [
    message(fixture, (value) => value.slice(0, -7)),
    message(fixture, (value) => value.replace('SNS', 'S\\u0000NS')),
    message(fixture, () => null),
    message(fixture, (value) => value + ' '.repeat(100_000)),
    message(fixture, (value) => value, 'Nonsense'),
  ]
  try {
    await producer.send(messages)
  } finally {
    await producer.close()
  }
  return messages.length
}

/** The outbox holds jsonb, so its poison is valid JSON that is not a valid message. */
async function poisonOutbox(fixture: Fixture): Promise<number> {
  const payloads = ['[]', '{"participantId": 1}', 'null', `{"entryPath": "${'x'.repeat(100_000)}"}`]
  for (const payload of payloads) {
    const id = randomUUIDv7()
    await fixture.database.sql`
      insert into outbox (message_id, event_type, schema_version, key, payload)
      values (${id}, 'ParticipantRegistered', 1, ${id}, ${payload}::text::jsonb)`
  }
  return payloads.length
}
