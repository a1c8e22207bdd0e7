import type { Executor } from '@eungmo/db/client'
import { listSlotHolders, type SlotHolder } from '@eungmo/db/queries/draw-winners'
import { showPhone } from '../../rules/phone-format.ts'
import type { WinnerView } from '../../schemas/draw-view.ts'
import type { KeyRing } from '../../secrets/key-ring.ts'
import { decryptPhone } from '../../secrets/phone-cipher.ts'

/** A slot's holder as owner and staff see them. */
export function presentWinner(secrets: KeyRing, eventId: string, holder: SlotHolder): WinnerView {
  const { participantId, phoneNumber } = holder
  return {
    rank: holder.slot,
    name: holder.name,
    phoneNumber: phoneNumber && showPhone(decryptPhone(secrets, { eventId, participantId }, phoneNumber)),
    applicationNumber: holder.applicationNumber,
    prize: holder.prize,
  }
}

/** The whole current list, by slot. */
export async function currentWinners(
  executor: Executor,
  secrets: KeyRing,
  eventId: string,
): Promise<WinnerView[]> {
  const holders = await listSlotHolders(executor, { eventId, current: true })
  return holders.map((holder) => presentWinner(secrets, eventId, holder))
}
