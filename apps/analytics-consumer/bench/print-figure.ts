import { loadavg } from 'node:os'

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** One rate with its ratio to the peer or limit that was measured in the same run. */
export function printRate(name: string, rate: number, peer: { name: string; rate: number }): void {
  const ratio = (rate / peer.rate).toFixed(2)
  print(`${name}: ${number.format(rate)}/s, ${ratio} of ${peer.name} (${number.format(peer.rate)}/s)`)
}

/** The middle of three: one round may fall into a checkpoint or a neighbour's work. */
export const ROUNDS = 3

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

/** The machine's own load beforehand: figures from a busy machine say little. */
export function printLoad(): void {
  print(`load average before: ${loadavg()[0]?.toFixed(1)}`)
}
