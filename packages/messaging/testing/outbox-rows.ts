import { connect } from '@eungmo/db/connection/client'
import { headerNames } from '../src/contract/message.ts'
import type { ProducerMessage } from '../src/kafka/kafka-client.ts'

/** Writes messages into the outbox as a registration does, in one statement. */
export async function writeOutbox(databaseUrl: string, messages: readonly ProducerMessage[]): Promise<void> {
  const { sql, close } = connect(databaseUrl, { max: 1 })
  try {
    const rows = messages.map(({ key, value, headers }) => ({
      message_id: headers[headerNames.messageId],
      event_type: headers[headerNames.eventType],
      key,
      payload: JSON.parse(value),
    }))
    await sql.unsafe(
      `insert into outbox (message_id, event_type, schema_version, key, payload)
       select message_id, event_type, 1, key, payload
       from jsonb_to_recordset($1::text::jsonb) as r (message_id uuid, event_type text, key uuid, payload jsonb)`,
      [JSON.stringify(rows)],
    )
  } finally {
    await close()
  }
}

export async function outboxSize(databaseUrl: string): Promise<number> {
  const { sql, close } = connect(databaseUrl, { max: 1 })
  try {
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from outbox`
    return row?.n ?? 0
  } finally {
    await close()
  }
}
