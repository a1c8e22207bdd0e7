import { type SQL, sql } from 'drizzle-orm'

/**
 * Whether all personal data of an event is destroyed or due to be, the winners' included: nothing of them is public
 * any more.
 * @param event the name of the table of events in the query
 * @param now an instant of the database's clock
 */
export const isDestroyedOrDue = (event: string, now: SQL) => {
  const e = sql.identifier(event)
  return sql<boolean>`(${e}.destroyed_at is not null or ${e}.destruction_requested_at is not null or exists (
    select from consent_texts where event_id = ${e}.id and winners_until <= ${now}
  ))`
}
