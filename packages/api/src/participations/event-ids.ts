import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { findPublishedEventId } from '@eungmo/db/queries/events'
import { LRUCache } from 'lru-cache'
import { DomainError } from '../errors/domain-error.ts'

const MAX_EVENTS = 10_000

/**
 * The id of a published event, by the slug of its address. An event has the same slug for life, so that each
 * process reads it once. Rejects with NOT_FOUND for any other slug.
 */
export function createEventIds(runner: StatementRunner): (slug: string) => Promise<string> {
  const ids = new LRUCache<string, string>({ max: MAX_EVENTS })
  return async (slug) => {
    const known = ids.get(slug)
    if (known !== undefined) return known
    const id = await findPublishedEventId(runner, slug)
    if (id === undefined) throw new DomainError('NOT_FOUND')
    ids.set(slug, id)
    return id
  }
}
