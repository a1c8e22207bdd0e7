import type { SlotHolder } from '@eungmo/db/queries/draw-winners'
import type { KeyRing } from '../crypto/key-ring.ts'
import { decryptPhone } from '../crypto/phone-cipher.ts'
import { displayPhone } from '../validation/phone.ts'
import type { WinnerView } from './schema.ts'

/** A slot's holder as owner and staff see them. */
export function presentWinner(secrets: KeyRing, eventId: string, holder: SlotHolder): WinnerView {
  const { participantId, phoneNumber } = holder
  return {
    rank: holder.slot,
    name: holder.name,
    phoneNumber: phoneNumber && displayPhone(decryptPhone(secrets, { eventId, participantId }, phoneNumber)),
    applicationNumber: holder.applicationNumber,
    prize: holder.prize,
  }
}
