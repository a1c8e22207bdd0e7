import { COUNTS_CHANNEL } from '@eungmo/db/connection/notifier'
import type { ApiFixture } from './api-fixture.ts'

/** Changes an event's counts as the consumer does. */
export const countsOf = ({ sql }: Pick<ApiFixture, 'sql'>) => ({
  async count(eventId: string, entryPath: string, hour: string, by = 1): Promise<void> {
    await sql`insert into analytics.event_totals (event_id, total) values (${eventId}, ${by})
      on conflict (event_id) do update set total = event_totals.total + excluded.total, updated_at = now()`
    await sql`insert into analytics.channel_counts values (${eventId}, ${entryPath}, ${by})
      on conflict (event_id, entry_path) do update set count = channel_counts.count + excluded.count`
    await sql`insert into analytics.hourly_counts values (${eventId}, ${hour}::timestamptz, ${by})
      on conflict (event_id, hour) do update set count = hourly_counts.count + excluded.count`
  },
  /** Changes the views of an event as the consumer does. */
  async view(eventId: string, source: string, hour: string, by = 1): Promise<void> {
    await sql`insert into analytics.view_counts values (${eventId}, ${source}, ${hour}::timestamptz, ${by})
      on conflict (event_id, source, hour) do update set count = view_counts.count + excluded.count`
  },
  /** Announces a change; the payload is a list of event ids, empty for any event. */
  async notify(payload: string): Promise<void> {
    await sql`select pg_notify(${COUNTS_CHANNEL}, ${payload})`
  },
})
