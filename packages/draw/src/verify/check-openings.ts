import { parseHex } from '../encoding/hex.ts'
import { entryId } from '../list/entry-id.ts'
import type { Standing } from '../records/draw-state.ts'
import type { Opening } from '../records/transcript.ts'
import { Fault } from './verification.ts'

/** Everybody who holds or held a prize slot, by index in the list. */
export function everWinners(standing: Standing): Map<number, string> {
  const holders = [...standing.slots, ...standing.withdrawals.map((withdrawal) => withdrawal.holder)]
  return new Map(holders.flatMap((holder) => (holder === null ? [] : [[holder.draw.index, holder.draw.id]])))
}

/** Each opening leads to the entry id of a winner; alternates stay closed until they are promoted. */
export function checkOpenings(openings: readonly Opening[], standing: Standing, eventId: string): void {
  const winners = everWinners(standing)
  const opened = new Set<number>()
  for (const { index, applicationNumber, person } of openings) {
    const id = winners.get(index)
    if (id === undefined) throw new Fault(`the opening of entry ${index} belongs to nobody who won`)
    if (opened.has(index)) throw new Fault(`entry ${index} is opened twice`)
    opened.add(index)
    if (entryId(eventId, applicationNumber, parseHex(person, 32, 'person')) !== id) {
      throw new Fault(`the opening of entry ${index} does not lead to its id`)
    }
  }
}
