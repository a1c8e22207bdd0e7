import { asc, gt, sql } from 'drizzle-orm'
import { exclusiveEventGate } from '../connection/advisory-locks.ts'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import { destructionJournal, EARLY_REASONS, type EarlyReason } from '../schema/destructions.ts'

export { EARLY_REASONS }

/** An early destruction: whose personal data was destroyed before its date, and why. */
export interface EarlyDestruction {
  id: string
  eventId: string
  reason: EarlyReason
  participantIds: readonly string[]
  destroyedAt: Date
}

/** An early destruction of a whole event has 500 participants per row, some 20 KB as text. */
const MAX_ROWS_PER_PAGE = 100

/**
 * The ids of early destructions.
 * @param withinMinutes only those of so many minutes before now, by the database's clock. Defaults to all.
 */
export async function listEarlyDestructionIds(
  executor: Executor,
  { withinMinutes }: { withinMinutes?: number } = {},
): Promise<string[]> {
  const { id, destroyedAt } = destructionJournal
  const rows = await executor
    .select({ id })
    .from(destructionJournal)
    .where(
      withinMinutes === undefined
        ? undefined
        : gt(destroyedAt, sql`now() - ${withinMinutes}::int * interval '1 minute'`),
    )
    .orderBy(asc(destroyedAt), asc(id))
  return rows.map((row) => row.id)
}

/** The early destructions with these ids, page by page in their order. */
export async function* readEarlyDestructions(
  executor: Executor,
  { ids }: { ids: readonly string[] },
): AsyncGenerator<EarlyDestruction[]> {
  const { id, destroyedAt } = destructionJournal
  for (let start = 0; start < ids.length; start += MAX_ROWS_PER_PAGE)
    yield await executor
      .select()
      .from(destructionJournal)
      .where(sql`${id} = any(${arrayLiteral(ids.slice(start, start + MAX_ROWS_PER_PAGE))}::uuid[])`)
      .orderBy(asc(destroyedAt), asc(id))
}

/** Those of `ids` that the database has no early destruction of. */
export async function listUnknownDestructions(
  executor: Executor,
  { ids }: { ids: readonly string[] },
): Promise<string[]> {
  const rows = await executor.execute<{ id: string }>(sql`
    select id from unnest(${arrayLiteral(ids)}::uuid[]) id
    where not exists (select from destruction_journal j where j.id = id.id)`)
  return rows.map(({ id }) => id)
}

/**
 * Stores an early destruction as it was journaled. Returns false where the database has it already, or does not
 * know its event: that was created after the backup.
 */
export async function insertEarlyDestruction(
  executor: Executor,
  { id, eventId, reason, participantIds, destroyedAt }: EarlyDestruction,
): Promise<boolean> {
  const result = await executor.execute(sql`
    insert into destruction_journal (id, event_id, reason, participant_ids, destroyed_at)
    select ${id}, e.id, ${reason}, ${arrayLiteral(participantIds)}::uuid[], ${destroyedAt.toISOString()}
    from events e where e.id = ${eventId}
    on conflict (id) do nothing`)
  return result.count > 0
}

/**
 * Notes that the owner of an event had its data destroyed, unless that is noted already: from then on nothing more is
 * drawn. Changes nothing in an event that a backup from before its end brought back, whose draw has to be repeated.
 */
export async function noteDestructionRequest(
  executor: Executor,
  { eventId, requestedAt }: { eventId: string; requestedAt: Date },
): Promise<void> {
  await executor.execute(sql`
    update events set destruction_requested_at = ${requestedAt.toISOString()}
    from (select ${sql.raw(exclusiveEventGate('e.id'))} from events e where e.id = ${eventId}) gate
    where id = ${eventId} and destruction_requested_at is null and status in ('drawn', 'cancelled')`)
}
