import { insertHandOver } from '@eungmo/db/queries/hand-overs'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { lockOwnEvent } from '../events/require-own-event.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { readHandOver } from './read-hand-over.ts'
import type { CompleteHandOverInput, HandOverView } from './schema.ts'

/**
 * Stores that a winner got the prize, and who handed it over. A second call changes nothing, and returns when it was.
 * The event's gate puts it in order with a redraw, so that no winner who got a prize is withdrawn by one that had
 * begun before. Throws NOT_FOUND, also once personal data was destroyed, EVENT_PAUSED, CONFLICT (not-a-winner,
 * not-announced), and UNAVAILABLE where the access log cannot be written.
 */
export async function completeHandOver(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Actor,
  { eventId, ...key }: CompleteHandOverInput,
): Promise<HandOverView> {
  return db.transaction(async (tx) => {
    const event = await lockOwnEvent(tx, viewer, eventId)
    const dependencies = { db: tx, secrets }
    const { row, view } = await readHandOver(dependencies, event, key)
    if (view.state === 'handed-over') return view
    if (view.paused) throw new DomainError('EVENT_PAUSED', { pauseReason: view.paused.reason })
    if (view.state === 'waiting') throw new DomainError('CONFLICT', { reason: 'not-announced' })
    const isStored = view.state === 'ready' && (await insertHandOver(tx, { ...key, userId: viewer.userId }))
    if (!isStored) throw new DomainError('CONFLICT', { reason: 'not-a-winner' })
    await recordAccess(tx, {
      actor: viewer,
      action: 'hand-over',
      eventId,
      subjectId: row.participantId,
      people: 1,
    })
    return (await readHandOver(dependencies, event, key)).view
  })
}
