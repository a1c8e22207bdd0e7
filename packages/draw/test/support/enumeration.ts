/**
 * Every ordered outcome of drawing `count` of these tickets without replacement, with its exact
 * probability.
 */
export function orderedOutcomes(tickets: readonly number[], count: number): Map<string, number> {
  const outcomes = new Map<string, number>()
  const walk = (drawn: readonly number[], probability: number): void => {
    if (drawn.length === count) {
      outcomes.set(drawn.join(), probability)
      return
    }
    const left = tickets.reduce((sum, own, index) => (drawn.includes(index) ? sum : sum + own), 0)
    tickets.forEach((own, index) => {
      if (own > 0 && !drawn.includes(index)) walk([...drawn, index], (probability * own) / left)
    })
  }
  walk([], 1)
  return outcomes
}

/**
 * Pearson's chi-square of observed against exact frequencies; an impossible outcome is infinitely far
 * off.
 */
export function chiSquare(
  exact: ReadonlyMap<string, number>,
  seen: ReadonlyMap<string, number>,
  runs: number,
): number {
  for (const outcome of seen.keys()) if (!exact.has(outcome)) return Number.POSITIVE_INFINITY
  let sum = 0
  for (const [outcome, probability] of exact) {
    const expected = probability * runs
    sum += ((seen.get(outcome) ?? 0) - expected) ** 2 / expected
  }
  return sum
}
