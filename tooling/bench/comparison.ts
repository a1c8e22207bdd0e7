export interface Sample {
  figure: string
  unit: string
  better: 'higher' | 'lower'
  value: number
}

export type Side = 'old' | 'new'

export interface Row {
  figure: string
  unit: string
  old: number
  new: number
  /** New over old: the median of the pairs' own ratios, so that drift of the machine cancels out. */
  ratio: number
  pairs: number
  verdict: 'same' | 'better' | 'WORSE'
}

/** Differences up to this share are noise. */
const NOISE = 0.08

/** The middle value; of an even number of values the mean of the two in the middle. @throws when there is none */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  if (low === undefined || high === undefined) throw new Error('There is no median of no values.')
  return (low + high) / 2
}

/** Compares the figures that both sides measured, pair by pair, in the order of their first appearance. */
export function compare(pairs: readonly Record<Side, readonly Sample[]>[]): Row[] {
  const figures = new Map<string, { sample: Sample; old: number[]; new: number[] }>()
  for (const pair of pairs)
    for (const before of pair.old) {
      const after = pair.new.find(({ figure }) => figure === before.figure)
      if (!after) continue
      const values = figures.get(before.figure) ?? { sample: before, old: [], new: [] }
      values.old.push(before.value)
      values.new.push(after.value)
      figures.set(before.figure, values)
    }
  return [...figures].map(([figure, { sample, ...values }]) => {
    const ratio = median(values.old.map((old, at) => ratioOf(values.new[at] ?? Number.NaN, old)))
    return {
      figure,
      unit: sample.unit,
      old: median(values.old),
      new: median(values.new),
      ratio,
      pairs: values.old.length,
      verdict: verdictOf(ratio, sample.better),
    }
  })
}

/** Two zeros are the same size. */
const ratioOf = (after: number, before: number) => (after === before ? 1 : after / before)

function verdictOf(ratio: number, better: Sample['better']): Row['verdict'] {
  if (Math.abs(ratio - 1) <= NOISE) return 'same'
  return ratio > 1 === (better === 'higher') ? 'better' : 'WORSE'
}

const wholeNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const shortNumber = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 })
const format = (value: number) => (value < 1_000 ? shortNumber : wholeNumber).format(value)

/** A Markdown table of the rows. */
export function toTable(rows: readonly Row[], names: Record<Side, string>): string {
  const lines = rows.map(({ figure, unit, old, new: now, ratio, pairs, verdict }) =>
    [figure, unit, format(old), format(now), ratio.toFixed(3), pairs, verdict].join(' | '),
  )
  const head = ['figure', 'unit', names.old, names.new, 'new / old', 'pairs', 'verdict']
  return [head.join(' | '), head.map(() => '---').join(' | '), ...lines]
    .map((line) => `| ${line} |\n`)
    .join('')
}
