import { findLatestDrawLog } from '@eungmo/db/queries/draw-logs'
import { lockEventRow } from '@eungmo/db/queries/events'
import type { Dependencies } from '../dependencies.ts'
import { drawInProgress } from '../draws/require-draw-state.ts'
import { withdrawSlots } from '../draws/withdraw-slots.ts'
import { DomainError } from '../errors/domain-error.ts'
import { recordOwnAccess } from '../personal-data/own-data.ts'
import { readChain } from '../rules-record/chain.ts'
import { requireClaimProof } from './claim-proof.ts'
import { openClaim } from './open-claim.ts'
import type { ProvedClaimInput } from './schema.ts'

/**
 * Gives the prize back: the slot passes to the next alternate by a withdraw record, and stays empty where none
 * waits. What was entered for the hand-over is deleted. A second call does nothing. Throws as `requireProvedClaim`
 * does, DRAW_IN_PROGRESS between a redraw's lock and its result, and UNAVAILABLE where the access log cannot be
 * written.
 */
export async function declineClaim(
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'log' | 'notifier'>,
  { token, proof }: ProvedClaimInput,
): Promise<{ alreadyDeclined: boolean }> {
  const { db, secrets } = dependencies
  const found = await openClaim(dependencies, token)
  requireClaimProof(secrets, { token, proof, now: found.event.now })
  return db.transaction(async (tx) => {
    const held = await lockEventRow(tx, { eventId: found.event.id })
    const { event, winner, state } = await openClaim({ db: tx, secrets }, token)
    if (state === 'declined') return { alreadyDeclined: true }
    if (!held || winner.slot === null || state !== 'open')
      throw new DomainError('CONFLICT', { reason: 'claim-closed' })
    const latest = await findLatestDrawLog(tx, { eventId: event.id })
    if (latest && latest.drawnAt === null) throw drawInProgress(latest)
    const { records } = await readChain(tx, event.id)
    await withdrawSlots(tx, dependencies, held, records, {
      slots: [winner.slot],
      reason: 'declined',
      note: null,
    })
    const { eventId, participantId } = winner
    await recordOwnAccess(tx, { shopId: event.shopId, eventId, participantId, action: 'decline-own-prize' })
    return { alreadyDeclined: false }
  })
}
