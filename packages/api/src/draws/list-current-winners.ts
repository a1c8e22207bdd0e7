import type { Executor } from '@eungmo/db/connection/client'
import { listSlotHolders } from '@eungmo/db/queries/slot-holders'
import type { KeyRing } from '../crypto/key-ring.ts'
import { presentWinner } from './present-winner.ts'
import type { WinnerView } from './schema.ts'

/** The whole current list, by slot. */
export async function listCurrentWinners(
  executor: Executor,
  secrets: KeyRing,
  eventId: string,
): Promise<WinnerView[]> {
  const holders = await listSlotHolders(executor, { eventId, standing: 'selected' })
  return holders.map((holder) => presentWinner(secrets, eventId, holder))
}
