import { countStoredParticipants } from '@eungmo/db/queries/destroy-participants'
import {
  dropWithdrawnPersons,
  type EventToDestroy,
  listEventsToDestroy,
} from '@eungmo/db/queries/destructions'
import { updateEventRow } from '@eungmo/db/queries/events'
import { vacuumTable } from '@eungmo/db/queries/vacuum-table'
import type { Dependencies } from '../dependencies.ts'
import type { JobRun } from '../jobs/job.ts'
import { cancelUndrawn } from './cancel-undrawn.ts'
import { destroyScope } from './destroy-scope.ts'
import { readDueScopes } from './due-scopes.ts'

type DestructionDependencies = Pick<Dependencies, 'db' | 'sql' | 'secrets' | 'destructionJournal' | 'log'>

/**
 * Destroys all personal data whose period is over at `now`, and cancels events that were not drawn by then. An
 * event that fails is logged and holds up no other; the run then fails, so that it is repeated. Returns of how
 * many participants.
 */
export async function destroyDue(
  dependencies: DestructionDependencies,
  { now, signal }: Pick<JobRun, 'now'> & Partial<JobRun>,
): Promise<number> {
  const { db } = dependencies
  await dropWithdrawnPersons(db, { now })
  return destroyOf(dependencies, await listEventsToDestroy(db, { now }), now, signal)
}

/** Destroys what owners had destroyed before its date. Otherwise as `destroyDue`. */
export const destroyRequested = async (
  dependencies: DestructionDependencies,
  { now, signal }: Pick<JobRun, 'now'> & Partial<JobRun>,
): Promise<number> =>
  destroyOf(dependencies, await listEventsToDestroy(dependencies.db, { now, only: 'requested' }), now, signal)

async function destroyOf(
  dependencies: DestructionDependencies,
  events: readonly EventToDestroy[],
  now: Date,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { log } = dependencies
  let count = 0
  const failures: unknown[] = []
  for (const event of events) {
    if (signal?.aborted) break
    try {
      count += await destroyDueOfEvent(dependencies, event, now, signal)
    } catch (error) {
      log.warn({ err: error, eventId: event.id }, 'personal data of an event could not be destroyed yet')
      failures.push(error)
    }
  }
  if (count > 0 && !signal?.aborted) await vacuumTable(dependencies.sql, { table: 'participants' })
  if (failures.length > 0)
    throw new AggregateError(failures, 'Not all personal data that is due was destroyed')
  return count
}

async function destroyDueOfEvent(
  dependencies: DestructionDependencies,
  found: EventToDestroy,
  now: Date,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { db } = dependencies
  const event = await cancelUndrawn(dependencies, found, now)
  let count = 0
  for (const { reason, scope } of await readDueScopes(db, event, now))
    count += await destroyScope(dependencies, { eventId: event.id, reason, scope }, signal)
  const isOver = event.status === 'cancelled' || event.status === 'drawn'
  if (isOver && (await countStoredParticipants(db, { eventId: event.id, atMost: 1 })) === 0)
    await updateEventRow(db, { eventId: event.id, changes: { destroyedAt: now } })
  return count
}
