import { eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { participants } from '../schema/index.ts'
import { firstIdAt } from './processed-messages.ts'

/** Which of an event's participants a list shows: those that fulfil everything that is set. */
export interface ParticipantFilter {
  /** The name of a channel. */
  entryPath?: string | undefined
  visited?: true | undefined
  /** Ever won. */
  isWinner?: true | undefined
  /** Takes no part in the draw, for another reason than a withdrawal. */
  excluded?: true | undefined
  withdrawn?: true | undefined
  /** Entered at this moment or later. */
  since?: Date | undefined
  /** Entered before this moment. */
  until?: Date | undefined
}

/**
 * How far the clock of a web process, which an id begins with, and the database's, which `participated_at` is
 * read from, may differ.
 */
const MAX_CLOCK_DIFFERENCE_MS = 3_600_000

/** Rows in these states have partial indexes of (event_id, id), whose predicates are the same texts. */
export const participantStates = {
  visited: sql`${participants.visited}`,
  isWinner: sql`${participants.isWinner}`,
  excluded: sql`${participants.exclusionReason} <> 0 and ${participants.withdrawnAt} is null`,
  withdrawn: sql`${participants.withdrawnAt} is not null`,
} as const

export type ParticipantState = keyof typeof participantStates

const isState = (key: string): key is ParticipantState => key in participantStates

/** The conditions of a filter. A range of time is a range of ids as well, so that no other rows are read. */
export function filterConditions({ entryPath, since, until, ...states }: ParticipantFilter): SQL[] {
  const { id, participatedAt } = participants
  return [
    ...(entryPath === undefined ? [] : [eq(participants.entryPath, entryPath)]),
    ...Object.keys(states)
      .filter(isState)
      .filter((state) => states[state])
      .map((state) => participantStates[state]),
    ...(since
      ? [gte(participatedAt, since), gte(id, firstIdAt(since.getTime() - MAX_CLOCK_DIFFERENCE_MS))]
      : []),
    ...(until
      ? [lt(participatedAt, until), lt(id, firstIdAt(until.getTime() + MAX_CLOCK_DIFFERENCE_MS))]
      : []),
  ]
}

/**
 * How many of an event's participants are in each state, counted up to `atMost`: a page that shows the numbers
 * must not read a million rows for them.
 */
export async function countByState(
  executor: Executor,
  { eventId, atMost }: { eventId: string; atMost: number },
): Promise<Record<ParticipantState, number>> {
  const counted = (state: ParticipantState) => sql`(select count(*)::int from (select from ${participants}
    where ${participants.eventId} = ${eventId} and ${participantStates[state]} limit ${atMost}) rows)`
  const [row] = await executor.execute<Record<ParticipantState, number>>(sql`
    select ${counted('visited')} as visited, ${counted('isWinner')} as "isWinner",
      ${counted('excluded')} as excluded, ${counted('withdrawn')} as withdrawn`)
  if (!row) throw new Error('A select without a from clause returned no row')
  return row
}
