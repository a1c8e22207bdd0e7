import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { findEventKey } from '@eungmo/db/queries/events'
import { LRUCache } from 'lru-cache'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'

const MAX_EVENTS = 10_000

/**
 * The key of an event's indexes and signatures; null for an unknown event, a draft, or one whose key was
 * retired. A published event has the same key for life, so that each process reads it once.
 */
export function createEventKeys(
  runner: StatementRunner,
  keys: KeyRing,
): (eventId: string) => Promise<SecretKey | null> {
  const keyIds = new LRUCache<string, string>({ max: MAX_EVENTS })
  return async (eventId) => {
    let keyId = keyIds.get(eventId)
    if (keyId === undefined) {
      keyId = await findEventKey(runner, eventId)
      if (keyId === undefined) return null
      keyIds.set(eventId, keyId)
    }
    return keys.find(keyId) ?? null
  }
}
