import type { Executor } from '@eungmo/db/connection/client'
import { listSlotHolders } from '@eungmo/db/queries/draw-winners'
import type { KeyRing } from '../crypto/key-ring.ts'
import { presentWinner } from './present-winner.ts'
import type { WinnerView } from './schema.ts'

/** The whole current list, by slot. */
export async function listCurrentWinners(
  executor: Executor,
  secrets: KeyRing,
  eventId: string,
): Promise<WinnerView[]> {
  const holders = await listSlotHolders(executor, { eventId, current: true })
  return holders.map((holder) => presentWinner(secrets, eventId, holder))
}
