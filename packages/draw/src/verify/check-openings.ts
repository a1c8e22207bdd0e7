import { parseHex } from '../encoding/hex.ts'
import { entryId } from '../list/entry-id.ts'
import type { DrawState } from '../records/draw-state.ts'
import type { Opening } from '../records/transcript.ts'
import { CheckError } from './check-error.ts'

/** The ids of all entries that hold or held a prize slot, by index in the list. */
export function pastAndPresentWinners(state: DrawState): Map<number, string> {
  const holders = [...state.slots, ...state.withdrawals.map((withdrawal) => withdrawal.holder)]
  return new Map(holders.flatMap((holder) => (holder === null ? [] : [[holder.draw.index, holder.draw.id]])))
}

/** Each opening leads to the entry id of a winner; alternates are not opened before they are promoted. */
export function checkOpenings(openings: readonly Opening[], state: DrawState, eventId: string): void {
  const winners = pastAndPresentWinners(state)
  const opened = new Set<number>()
  for (const { index, applicationNumber, person } of openings) {
    const id = winners.get(index)
    if (id === undefined) throw new CheckError(`the opening of entry ${index} belongs to no winner`)
    if (opened.has(index)) throw new CheckError(`entry ${index} is opened twice`)
    opened.add(index)
    if (entryId(eventId, applicationNumber, parseHex(person, 32, 'person')) !== id) {
      throw new CheckError(`the opening of entry ${index} does not lead to its id`)
    }
  }
}
