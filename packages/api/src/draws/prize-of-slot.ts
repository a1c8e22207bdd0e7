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

/** The name of a slot's prize; null beyond the sum of the prizes' counts. */
export const prizeOfSlot = (
  prizes: readonly { name: string; count: number }[],
  slot: number,
): string | null => slotsOfPrizes(prizes).find(({ last }) => slot <= last)?.prize.name ?? null
