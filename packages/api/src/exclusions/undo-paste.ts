import { listPastes as findPastes, includePasted, passEventGate } from '@eungmo/db/queries/exclusions'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { requireOpenList } from './require-open-list.ts'
import type { PasteView } from './schema.ts'

/** The pasted lists whose exclusions are in force, the newest first. Throws NOT_FOUND. */
export async function listPastes(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Actor,
  { eventId }: { eventId: string },
): Promise<PasteView[]> {
  const event = await requireOwnEvent(db, viewer, eventId)
  const pastes = await findPastes(db, { eventId: event.id })
  return pastes.map(({ at, ...paste }) => ({ ...paste, at: at.toISOString() }))
}

/**
 * Takes back what a pasted list excluded and is still excluded by it. Returns of how many entries. Throws NOT_FOUND,
 * CONFLICT once the event is locked or cancelled, and UNAVAILABLE where the access log cannot be written.
 */
export async function undoPaste(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Actor,
  { eventId, pasteId }: { eventId: string; pasteId: string },
): Promise<number> {
  const event = await requireOwnEvent(db, viewer, eventId)
  return db.transaction(async (tx) => {
    const status = await passEventGate(tx, { eventId: event.id })
    requireOpenList(status)
    const included = await includePasted(tx, { eventId: event.id, pasteId })
    await recordAccess(tx, {
      actor: viewer,
      action: 'include-pasted',
      eventId: event.id,
      people: included,
    })
    return included
  })
}
