import { asc, gt, sql } from 'drizzle-orm'
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
