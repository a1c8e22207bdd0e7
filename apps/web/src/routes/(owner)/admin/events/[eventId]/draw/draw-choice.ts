/** The numbers chosen in the draw dialog. */
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

/** The number of tickets in the draw. */
export function ticketsOf(
  { eligible, visited }: Pick<Preview, 'eligible' | 'visited'>,
  visitBonus: number,
): number {
  return eligible + visited * visitBonus
}

/** Whether a draw would differ from the published terms: then a reason is published with the result. */
export function differsFromPublished({ published, beforeEnd }: Preview, choice: DrawChoice): boolean {
  return (
    beforeEnd ||
    choice.winnerCount !== published.winnerCount ||
    choice.alternateCount !== published.alternateCount ||
    choice.visitBonus !== published.visitBonus
  )
}
