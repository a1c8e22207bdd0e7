import { describe, expect, test } from 'vitest'
import { type Measurement, type Round, ratioOf, toReport } from './http-report.ts'

const reached = (perSecond: number, processorMs: number | null = 0.1): Measurement => ({
  perSecond,
  p50Ms: 1,
  p99Ms: 2,
  processorMs,
  memoryMb: 100,
  verified: 0,
})
const round = (product: number, peer: number, limit: number): Round => ({
  product: reached(product),
  peer: reached(peer),
  limit: reached(limit),
})

describe('the report of the product and its peers over HTTP', () => {
  test('compares within each round, so that a slow minute of the machine changes no ratio', () => {
    const rounds = [round(4_000, 2_000, 40_000), round(400, 200, 4_000), round(4_000, 2_000, 40_000)]
    const perSecond = (measurement: Measurement) => measurement.perSecond
    expect(ratioOf(rounds, 'peer', perSecond)).toBe(2)
    expect(ratioOf(rounds, 'limit', perSecond)).toBe(0.1)
  })

  test('prints a line per path, and none about growth for one size', () => {
    const report = toReport([
      { figure: 'form POST', participants: 0, rounds: [round(5_000, 2_000, 50_000)] },
    ]).split('\n')
    expect(report[2]).toBe('| form POST | 5,000 / 2,000 / 50,000 | 2.5 | 0.1 | 2 / 2 / 2 |')
    expect(report[6]).toBe('| form POST | 0.1 / 0.1 / 0.1 | 1 | 1 | 100 / 100 / 100 |')
    expect(report).toHaveLength(8)
  })

  test('prints how the cost of a request grows with the number of participants', () => {
    const [small, large] = [
      round(5_000, 2_000, 50_000),
      { ...round(5_000, 2_000, 50_000), peer: reached(9, 0.3) },
    ]
    const report = toReport([
      { figure: 'form POST', participants: 10_000, rounds: [small] },
      { figure: 'form POST', participants: 1_000_000, rounds: [large] },
    ])
    expect(report).toContain('| form POST, 1,000,000 participants | 5,000 / 9 / 50,000 |')
    expect(report).toContain('at 1,000,000 participants over 10,000 | product | peer |')
    expect(report.trimEnd().split('\n').at(-1)).toBe('| form POST | 1 | 3 |')
  })

  test('prints "unknown" where the machine does not tell processor times', () => {
    const unknown = { ...round(5_000, 2_000, 50_000), product: reached(5_000, null) }
    const report = toReport([{ figure: 'form POST', participants: 0, rounds: [unknown] }])
    expect(report).toContain('| form POST | unknown / 0.1 / 0.1 | unknown | unknown |')
  })
})
