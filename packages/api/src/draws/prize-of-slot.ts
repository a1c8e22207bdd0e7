/** Prizes with the slots that they fill, which are counted from 1 and follow each other in the prizes' order. */
export function slotsOfPrizes<Prize extends { count: number }>(
  prizes: readonly Prize[],
): { prize: Prize; first: number; last: number }[] {
  let last = 0
  return prizes.map((prize) => {
    const first = last + 1
    last += prize.count
    return { prize, first, last }
  })
}

/** The prize of a slot; null beyond the sum of the prizes' counts. */
export const findPrizeOfSlot = <Prize extends { count: number }>(
  prizes: readonly Prize[],
  slot: number,
): Prize | null => slotsOfPrizes(prizes).find(({ last }) => slot <= last)?.prize ?? null

/** The name of a slot's prize, as `findPrizeOfSlot` finds it. */
export const prizeOfSlot = (
  prizes: readonly { name: string; count: number }[],
  slot: number,
): string | null => findPrizeOfSlot(prizes, slot)?.name ?? null
