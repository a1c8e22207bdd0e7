import { countStoredParticipants } from '@eungmo/db/queries/destroy-participants'
import { listEventsToDestroy } from '@eungmo/db/queries/destructions'
import type { Dependencies } from '../dependencies.ts'
import { HOUR_MS } from '../seoul-time.ts'
import { readDueScopes } from './due-scopes.ts'

/** Two runs of the job: until then nothing is late. */
const GRACE_MS = 2 * HOUR_MS

/** How many participants have personal data that should have been destroyed two hours before `now`. */
export async function countOverdue({ db }: Pick<Dependencies, 'db'>, now: Date): Promise<number> {
  const at = new Date(now.getTime() - GRACE_MS)
  let count = 0
  for (const event of await listEventsToDestroy(db, { now: at }))
    for (const { scope } of await readDueScopes(db, event, at))
      count += await countStoredParticipants(db, { eventId: event.id, scope })
  return count
}
