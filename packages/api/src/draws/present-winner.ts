import type { DrawWinnerKey } from '@eungmo/db/queries/draw-winners'
import type { SlotHolder } from '@eungmo/db/queries/slot-holders'
import type { KeyRing } from '../crypto/key-ring.ts'
import { type NotePlace, openName, openNote } from '../crypto/personal-envelopes.ts'
import { presentPhone } from '../participants/present-participant.ts'
import type { WinnerView } from './schema.ts'

/** A slot's holder as owner and staff see them. */
export function presentWinner(secrets: KeyRing, eventId: string, holder: SlotHolder): WinnerView {
  const subject = { eventId, participantId: holder.participantId }
  return {
    rank: holder.slot,
    name: holder.name && openName(secrets, subject, holder.name),
    phoneNumber: presentPhone(secrets, subject, holder.phoneNumber),
    applicationNumber: holder.applicationNumber,
    prize: holder.prize,
  }
}

/** Where the note of a withdrawal is stored. */
export const notePlace = ({ drawLogId, drawRank }: DrawWinnerKey): NotePlace => ({
  primaryKey: [drawLogId, drawRank],
  column: 'withdraw_note',
})

/** The note of a withdrawal as the owner sees it; null without one. */
export const presentNote = (secrets: KeyRing, holder: SlotHolder): string | null =>
  holder.withdrawNote && openNote(secrets, notePlace(holder), holder.withdrawNote)
