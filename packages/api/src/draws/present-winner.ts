import type { DrawWinnerKey } from '@eungmo/db/queries/draw-winners'
import type { SlotHolder } from '@eungmo/db/queries/slot-holders'
import type { NotePlace } from '../crypto/personal-envelopes.ts'
import type { Person, SealedPerson } from '../personal-data/read-people.ts'
import type { WinnerView } from './schema.ts'

/** Holders of slots with what the viewer sees of them; `show` opens what is sealed, in the same order. */
export function presentWinners(
  eventId: string,
  holders: readonly SlotHolder[],
  show: (subjects: readonly SealedPerson[]) => Person[],
): { holder: SlotHolder; winner: WinnerView }[] {
  const people = show(
    holders.map(({ participantId, name, phoneNumber }) => ({ eventId, participantId, name, phoneNumber })),
  )
  return holders.map((holder, at) => ({
    holder,
    winner: {
      rank: holder.slot,
      name: people[at]?.name ?? null,
      phoneNumber: people[at]?.phoneNumber ?? null,
      applicationNumber: holder.applicationNumber,
      prize: holder.prize,
    },
  }))
}

/** Where the note of a withdrawal is stored. */
export const notePlace = ({ drawLogId, drawRank }: DrawWinnerKey): NotePlace => ({
  primaryKey: [drawLogId, drawRank],
  column: 'withdraw_note',
})
