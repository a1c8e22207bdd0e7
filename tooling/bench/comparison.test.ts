import { describe, expect, test } from 'vitest'
import { compare, median, type Sample, toTable } from './comparison.ts'

const rate = (value: number): Sample => ({ figure: 'rate', unit: '/s', better: 'higher', value })
const time = (value: number): Sample => ({ figure: 'time', unit: 'ms', better: 'lower', value })

describe('a comparison', () => {
  test('takes the median of the pairs, so that one disturbed round changes nothing', () => {
    const [row] = compare([
      { old: [rate(100)], new: [rate(101)] },
      { old: [rate(50)], new: [rate(51)] },
      { old: [rate(100)], new: [rate(20)] },
    ])
    expect(row).toMatchObject({ old: 100, new: 51, ratio: 1.01, pairs: 3, verdict: 'same' })
  })

  test('marks what is more than 8 % worse or better, whichever way is better', () => {
    const [fewer, slower, faster] = [
      compare([{ old: [rate(100)], new: [rate(91)] }]),
      compare([{ old: [time(10)], new: [time(11)] }]),
      compare([{ old: [time(10)], new: [time(9)] }]),
    ]
    expect(fewer[0]?.verdict).toBe('WORSE')
    expect(slower[0]?.verdict).toBe('WORSE')
    expect(faster[0]?.verdict).toBe('better')
    expect(compare([{ old: [time(100)], new: [time(107)] }])[0]?.verdict).toBe('same')
  })

  test('treats two zeros as the same', () => {
    expect(compare([{ old: [time(0)], new: [time(0)] }])[0]?.verdict).toBe('same')
  })

  test('leaves out what only one side measured', () => {
    expect(compare([{ old: [rate(1)], new: [time(1)] }])).toEqual([])
  })

  test('prints one line per figure', () => {
    const rows = compare([{ old: [rate(1234.56)], new: [rate(1300)] }])
    expect(toTable(rows, { old: 'v1', new: 'v2' }).split('\n')[2]).toBe(
      '| rate | /s | 1,235 | 1,300 | 1.053 | 1 | same |',
    )
  })
})

test('the median of an even number of values is the mean of the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(() => median([])).toThrow('no values')
})
