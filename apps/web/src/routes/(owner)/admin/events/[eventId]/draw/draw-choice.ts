/** What the draw dialog's numbers come to. */
export interface DrawChoice {
  winnerCount: number
  alternateCount: number
  /** Extra tickets for a visit; 0: no bonus. */
  visitBonus: number
}

interface Preview {
  eligible: number
  visited: number
  published: DrawChoice
  beforeEnd: boolean
}

/** Tickets in the drum. */
export function ticketsOf(
  { eligible, visited }: Pick<Preview, 'eligible' | 'visited'>,
  visitBonus: number,
): number {
  return eligible + visited * visitBonus
}

/** Whether a draw would differ from what entrants were promised: then a reason is published beside the result. */
export function differsFromPublished({ published, beforeEnd }: Preview, choice: DrawChoice): boolean {
  return (
    beforeEnd ||
    choice.winnerCount !== published.winnerCount ||
    choice.alternateCount !== published.alternateCount ||
    choice.visitBonus !== published.visitBonus
  )
}
