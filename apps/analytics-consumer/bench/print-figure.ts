import { loadavg } from 'node:os'

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Prints a line on standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Prints a rate with its ratio to the peer or limit that was measured in the same run. */
export function printRate(name: string, rate: number, peer: { name: string; rate: number }): void {
  const ratio = (rate / peer.rate).toFixed(2)
  print(`${name}: ${number.format(rate)}/s, ${ratio} of ${peer.name} (${number.format(peer.rate)}/s)`)
}

/** Figures are the median of three rounds, since one of them may coincide with a checkpoint. */
export const ROUNDS = 3

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

/** Prints the load average before the run: figures of a busy machine are not comparable. */
export function printLoad(): void {
  print(`load average before: ${loadavg()[0]?.toFixed(1)}`)
}
