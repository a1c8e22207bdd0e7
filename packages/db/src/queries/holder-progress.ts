import { sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'

/** How far the present holder of a slot is. */
export interface HolderProgress {
  slot: number
  selectedAt: Date
  claimedAt: Date | null
  handedOverAt: Date | null
  /** When somebody tried to reach the winner, ISO 8601, the oldest first. */
  contactedAt: string[]
}

interface ProgressRow {
  slot: number
  selectedAt: string
  claimedAt: string | null
  handedOverAt: string | null
  contactedAt: string[]
}

/** How far the present holders of these slots of an event are, by slot. An empty slot has no row. */
export async function listHolderProgress(
  executor: Executor,
  { eventId, slots }: { eventId: string; slots: readonly number[] },
): Promise<HolderProgress[]> {
  const rows = await executor.execute<ProgressRow & Record<string, unknown>>(sql`
    select w.slot, w.selected_at as "selectedAt", w.claimed_at as "claimedAt",
      w.handed_over_at as "handedOverAt",
      coalesce((select json_agg(c.at order by c.at) from contact_attempts c
        where c.draw_log_id = w.draw_log_id and c.draw_rank = w.draw_rank), '[]') as "contactedAt"
    from draw_winners w
    where w.event_id = ${eventId} and w.standing = 'selected' and w.slot = any(${arrayLiteral(slots.map(String))}::int[])
    order by w.slot`)
  return rows.map(({ slot, selectedAt, claimedAt, handedOverAt, contactedAt }) => ({
    slot,
    selectedAt: new Date(selectedAt),
    claimedAt: claimedAt === null ? null : new Date(claimedAt),
    handedOverAt: handedOverAt === null ? null : new Date(handedOverAt),
    contactedAt: contactedAt.map((at) => new Date(at).toISOString()),
  }))
}
