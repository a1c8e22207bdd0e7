import type { Sql } from '@eungmo/db/connection/client'
import type { ProducerMessage, TopicProducer } from '@eungmo/messaging/kafka/kafka-client'
import { randomUUIDv7 } from 'bun'

const eventIds = Array.from({ length: 4 }, () => randomUUIDv7())
const entryPaths = ['우리동네TV', 'SNS', '링고비즈']
const SEND = 2_000

export function benchMessage(n: number): ProducerMessage {
  const participantId = randomUUIDv7()
  const value = JSON.stringify({
    participantId,
    eventId: eventIds[n % eventIds.length],
    entryPath: entryPaths[n % entryPaths.length],
    timestamp: new Date().toISOString(),
  })
  const headers = {
    'message-id': participantId,
    'event-type': 'ParticipantRegistered',
    'schema-version': '1',
  }
  return { key: participantId, value, headers }
}

/** Messages a second of a producer that does nothing else, one send in flight. */
export async function produce(producer: TopicProducer, count: number): Promise<number> {
  const messages = Array.from({ length: count }, (_, n) => benchMessage(n))
  const start = performance.now()
  for (let at = 0; at < count; at += SEND) await producer.send(messages.slice(at, at + SEND))
  return count / ((performance.now() - start) / 1000)
}

/** Fills the outbox inside the server, a million rows at a time at most. */
export async function fillOutbox(sql: Sql, count: number): Promise<void> {
  const step = 500_000
  for (let at = 0; at < count; at += step)
    await sql.unsafe(
      `insert into outbox (message_id, event_type, schema_version, key, payload)
       select id, 'ParticipantRegistered', 1, id, jsonb_build_object('participantId', id,
         'eventId', ($1::text::uuid[])[1 + n % 4], 'entryPath', ($2::text::text[])[1 + n % 3],
         'timestamp', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
       from (select n, uuidv7() as id from generate_series(1, $3::int) as n) as rows`,
      [`{${eventIds.join(',')}}`, `{${entryPaths.join(',')}}`, Math.min(step, count - at)],
    )
  await sql.unsafe('analyze outbox')
}
