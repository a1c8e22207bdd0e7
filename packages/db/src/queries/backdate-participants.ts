import { arrayLiteral } from '../connection/array-literal.ts'
import type { Sql } from '../connection/client.ts'

/**
 * For demonstrations: moves entries that were not counted yet to earlier times, together with their messages
 * in the outbox, so that a dashboard has something to show. An entry whose message was published already
 * keeps its time.
 */
export async function backdateParticipants(
  sql: Sql,
  { eventId, times }: { eventId: string; times: readonly { participantId: string; at: Date }[] },
): Promise<void> {
  const ids = arrayLiteral(times.map((each) => each.participantId))
  const moments = arrayLiteral(times.map((each) => each.at.toISOString()))
  await sql`
    with moved as (
      select * from unnest(${ids}::text::uuid[], ${moments}::text::timestamptz[]) as m(id, at)
    ),
    messages as (
      update outbox o
      set payload = jsonb_set(o.payload, '{timestamp}',
        to_jsonb(to_char(moved.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      from moved where o.message_id = moved.id
      returning o.message_id, moved.at
    )
    update participants p
    set participated_at = messages.at, consented_at = messages.at,
      visited_at = case when p.visited then messages.at end
    from messages where p.event_id = ${eventId} and p.id = messages.message_id`
}
