import type { ApiFixture } from './api-fixture.ts'

/** Moves an event's stored instants back, so that it was announced `days` ago by the database's clock. */
export async function announceDaysAgo(
  { sql }: Pick<ApiFixture, 'sql'>,
  eventId: string,
  days: number,
): Promise<void> {
  const age = `(select announcement_date - now() + interval '${days} days 1 millisecond' from events where id = '${eventId}')`
  await sql.begin(async (tx) => {
    const [row] = await tx.unsafe<{ age: string }[]>(`select (${age})::text as age`)
    const by = row?.age ?? '0'
    await tx`update consent_texts set others_until = others_until - ${by}::interval,
      winners_until = winners_until - ${by}::interval where event_id = ${eventId}`
    await tx`update draw_winners set selected_at = selected_at - ${by}::interval where event_id = ${eventId}`
    await tx`update events set starts_at = starts_at - ${by}::interval, ends_at = ends_at - ${by}::interval,
      announcement_date = announcement_date - ${by}::interval where id = ${eventId}`
  })
}
