import type { Sql } from '@eungmo/db/connection/client'
import type { ParticipantRegistered } from '@eungmo/messaging/contract/message'
import type { TopicProducer } from '@eungmo/messaging/kafka/kafka-client'
import { sampleMessage } from '@eungmo/messaging/testing/sample-message'
import { randomUUIDv7 } from 'bun'
import { entryPaths } from '../test/support/seed-event.ts'

const eventIds = Array.from({ length: 4 }, () => randomUUIDv7())
const MAX_MESSAGES_PER_SEND = 2_000
const MAX_ROWS_PER_STATEMENT = 500_000

function toPayload(n: number): Pick<ParticipantRegistered, 'eventId' | 'entryPath'> {
  return {
    eventId: eventIds[n % eventIds.length] ?? '',
    entryPath: entryPaths[n % entryPaths.length] ?? '',
  }
}

/** Messages per second of a producer that does nothing else, one send in flight. */
export async function produce(producer: TopicProducer, count: number): Promise<number> {
  const messages = Array.from({ length: count }, (_, n) => sampleMessage(toPayload(n)))
  const start = performance.now()
  for (let at = 0; at < count; at += MAX_MESSAGES_PER_SEND)
    await producer.send(messages.slice(at, at + MAX_MESSAGES_PER_SEND))
  return count / ((performance.now() - start) / 1000)
}

/** Fills the outbox inside the server, in statements of at most 500,000 rows. */
export async function fillOutbox(sql: Sql, count: number): Promise<void> {
  for (let at = 0; at < count; at += MAX_ROWS_PER_STATEMENT)
    await sql.unsafe(
      `insert into outbox (message_id, event_type, schema_version, key, payload)
       select id, 'ParticipantRegistered', 1, id, jsonb_build_object('participantId', id,
         'eventId', ($1::text::uuid[])[1 + n % 4], 'entryPath', ($2::text::text[])[1 + n % 3],
         'timestamp', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
       from (select n, uuidv7() as id from generate_series(1, $3::int) as n) as rows`,
      [`{${eventIds.join(',')}}`, `{${entryPaths.join(',')}}`, Math.min(MAX_ROWS_PER_STATEMENT, count - at)],
    )
  await sql.unsafe('analyze outbox')
}
