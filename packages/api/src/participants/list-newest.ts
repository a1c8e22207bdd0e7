import { findParticipants } from '@eungmo/db/queries/participants'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { publicName } from '../personal-data/derive.ts'
import type { NewestEntry } from './schema.ts'

const NEWEST_COUNT = 8

/**
 * The newest entries of an event as a shop's display may show them, names as the public sees them: the overview
 * reads them again with every change, which the access log need not hold. Throws NOT_FOUND.
 */
export async function listNewest(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Member,
  eventId: string,
): Promise<NewestEntry[]> {
  const event = await requireOwnEvent(db, viewer, eventId)
  const rows = await findParticipants(db, { eventId: event.id, limit: NEWEST_COUNT })
  return rows.map((row) => ({
    participantId: row.id,
    name: publicName(secrets, { eventId: event.id, participantId: row.id }, row.name),
    entryPath: row.entryPath,
    participatedAt: row.participatedAt.toISOString(),
    withdrawn: row.withdrawnAt !== null,
  }))
}
