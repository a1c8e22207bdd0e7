import { listAccessActors } from '@eungmo/db/queries/access-log-pages'
import { listEventTitles } from '@eungmo/db/queries/events'
import type { z } from 'zod'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import type { accessFilters } from './schema.ts'

/** What the shop's access log can be filtered by. */
export async function listFilters(
  { db }: Pick<Dependencies, 'db'>,
  { shopId }: Pick<Member, 'shopId'>,
): Promise<z.infer<typeof accessFilters>> {
  const [actors, events] = await Promise.all([
    listAccessActors(db, { shopId }),
    listEventTitles(db, { shopId }),
  ])
  return { actors, events }
}
