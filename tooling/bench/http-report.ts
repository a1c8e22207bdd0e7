import { median } from './comparison.ts'

export type TargetName = 'product' | 'peer' | 'limit'

export interface Measurement {
  perSecond: number
  p50Ms: number
  p99Ms: number
  /** Of the server, its database and its other processes for one request; null where there is no /proc. */
  processorMs: number | null
  /** Peak of the process that serves HTTP; null where there is no /proc. */
  memoryMb: number | null
  /** Receipts whose signature was verified. */
  verified: number
}

/** One round: what each target reached, measured directly after each other. */
export type Round = Readonly<Record<TargetName, Measurement>>

export interface Row {
  /** Path and connections. */
  figure: string
  /** Of the event when the load began. */
  participants: number
  rounds: readonly Round[]
}

const wholeNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const shortNumber = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })
const format = (value: number | null) =>
  value === null ? 'unknown' : (value < 1_000 ? shortNumber : wholeNumber).format(value)

type Value = (measurement: Measurement) => number | null

/** Null when one of the values is unknown. */
function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length < values.length ? null : median(known)
}

const figureOf = (rounds: readonly Round[], target: TargetName, value: Value) =>
  medianOf(rounds.map((round) => value(round[target])))

/** The median of the rounds' own ratios, so that drift of the machine cancels out. */
export function ratioOf(rounds: readonly Round[], to: TargetName, value: Value): number | null {
  return medianOf(
    rounds.map((round) => {
      const [product, other] = [value(round.product), value(round[to])]
      return product === null || other === null ? null : product / other
    }),
  )
}

const perSecond: Value = (measurement) => measurement.perSecond
const p99: Value = (measurement) => measurement.p99Ms
const processorMs: Value = (measurement) => measurement.processorMs
const memory: Value = (measurement) => measurement.memoryMb

function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}

const three = (rounds: readonly Round[], value: Value) =>
  (['product', 'peer', 'limit'] as const).map((target) => format(figureOf(rounds, target, value))).join(' / ')

const ratios = (rounds: readonly Round[], value: Value) =>
  (['peer', 'limit'] as const).map((target) => format(ratioOf(rounds, target, value)))

/** Markdown: what each path reaches, and what a request costs. */
export function toReport(rows: readonly Row[]): string {
  const sizes = new Set(rows.map(({ participants }) => participants))
  const label = ({ figure, participants }: Row) =>
    sizes.size > 1 ? `${figure}, ${wholeNumber.format(participants)} participants` : figure
  const rates = toTable(
    ['path', 'requests per second: product / peer / limit', 'of peer', 'of limit', 'p99 in ms'],
    rows.map((row) => [
      label(row),
      three(row.rounds, perSecond),
      ...ratios(row.rounds, perSecond),
      three(row.rounds, p99),
    ]),
  )
  const costs = toTable(
    ['path', 'CPU ms per request: product / peer / limit', 'of peer', 'of limit', 'peak memory in MB'],
    rows.map((row) => [
      label(row),
      three(row.rounds, processorMs),
      ...ratios(row.rounds, processorMs),
      three(row.rounds, memory),
    ]),
  )
  return `${rates}\n${costs}${sizes.size > 1 ? `\n${toGrowth(rows)}` : ''}`
}

/** How the cost of a request grows from the smallest event to the largest. */
function toGrowth(rows: readonly Row[]): string {
  const sizes = rows.map(({ participants }) => participants)
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)]
  const title = `CPU per request at ${wholeNumber.format(largest)} participants over ${wholeNumber.format(smallest)}`
  const body = [...new Set(rows.map(({ figure }) => figure))].map((figure) => {
    const growth = (target: TargetName) => {
      const [small, large] = [smallest, largest].map((size) => {
        const row = rows.find((each) => each.figure === figure && each.participants === size)
        return row ? figureOf(row.rounds, target, processorMs) : null
      })
      return format(typeof small === 'number' && typeof large === 'number' ? large / small : null)
    }
    return [figure, growth('product'), growth('peer')]
  })
  return toTable([title, 'product', 'peer'], body)
}
