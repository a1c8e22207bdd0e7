import {
  countStoredParticipants,
  type DestructionScope,
  destroyParticipants,
  isEarly,
} from '@eungmo/db/queries/destroy-participants'
import type { DestructionReason } from '@eungmo/db/queries/destructions'
import { pause } from '@eungmo/db/timing/pause'
import type { Dependencies } from '../dependencies.ts'

/** The pause after a batch, as a multiple of the time that it took: entries need the database more. */
const PAUSE_PER_BATCH = 1

/**
 * Destroys the personal data of everybody in the scope, batch by batch, and returns of how many. May be cut
 * off at any point and repeated: every batch is a statement of its own, and takes only what is still stored. An
 * early destruction is in the journal's file when it resolves.
 */
export async function destroyScope(
  { db, destructionJournal }: Pick<Dependencies, 'db' | 'destructionJournal'>,
  args: { eventId: string; reason: DestructionReason; scope: DestructionScope },
  signal?: AbortSignal,
): Promise<number> {
  if ((await countStoredParticipants(db, { ...args, atMost: 1 })) === 0) return 0
  let count = 0
  let after: string | null = null
  while (!signal?.aborted) {
    const start = performance.now()
    const batch = await destroyParticipants(db, { ...args, after })
    if (batch.lastId === null) break
    count += batch.count
    after = batch.lastId
    if (isEarly(args.reason)) await destructionJournal.write()
    await pause((performance.now() - start) * PAUSE_PER_BATCH, signal)
  }
  return count
}
