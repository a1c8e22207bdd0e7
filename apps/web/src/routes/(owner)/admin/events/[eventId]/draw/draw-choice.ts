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
  /** A visit bonus of null is decided at the draw. */
  published: Omit<DrawChoice, 'visitBonus'> & { visitBonus: number | null }
  beforeEnd: boolean
  /** Of the automatic draw that drawing now replaces; else null. */
  replacesDrawAt: string | null
}

/** The least number of winners: the published one, or as many as the entries leave. */
export const fewestWinners = ({ eligible, published }: Pick<Preview, 'eligible' | 'published'>): number =>
  Math.max(1, Math.min(published.winnerCount, eligible))

/** The choice that a draw starts with: the published terms, as far as the entries allow them. */
export function proposedChoice(preview: Preview): DrawChoice {
  const { eligible, published } = preview
  const winnerCount = fewestWinners(preview)
  return {
    winnerCount,
    alternateCount: Math.max(0, Math.min(published.alternateCount, eligible - winnerCount)),
    visitBonus: published.visitBonus ?? 0,
  }
}

/** The number of tickets in the draw. */
export function ticketsOf(
  { eligible, visited }: Pick<Preview, 'eligible' | 'visited'>,
  visitBonus: number,
): number {
  return eligible + visited * visitBonus
}

/**
 * Whether a draw would differ from the published terms: then a reason is published with the result. Fewer
 * alternates because there are no more entries are no difference.
 */
export function differsFromPublished(preview: Preview, choice: DrawChoice): boolean {
  const { published, beforeEnd, replacesDrawAt, eligible } = preview
  const left = Math.max(0, eligible - choice.winnerCount)
  return (
    beforeEnd ||
    replacesDrawAt !== null ||
    choice.winnerCount !== published.winnerCount ||
    Math.min(choice.alternateCount, left) !== Math.min(published.alternateCount, left)
  )
}
