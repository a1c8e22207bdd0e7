import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { findEventKey } from '@eungmo/db/queries/events'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'

const MOST = 10_000

/** The key of each event's indexes and signatures; null for an unknown event. An event keeps its key for life, so it is read once a process. */
export function createEventKeys(
  runner: StatementRunner,
  keys: KeyRing,
): (eventId: string) => Promise<SecretKey | null> {
  const ids = new Map<string, string>()
  return async (eventId) => {
    let id = ids.get(eventId)
    if (id === undefined) {
      id = await findEventKey(runner, eventId)
      if (id === undefined) return null
      if (ids.size >= MOST) ids.clear()
      ids.set(eventId, id)
    }
    return keys.get(id)
  }
}
