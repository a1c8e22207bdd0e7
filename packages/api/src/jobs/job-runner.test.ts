import { expect, test } from 'vitest'
import { nextRunInMs } from './job-runner.ts'

test('a failing job waits twice as long each time, up to a minute and never less than its interval', () => {
  expect([0, 1, 2, 3, 10].map((failures) => nextRunInMs(2_000, failures))).toEqual([
    2_000, 4_000, 8_000, 16_000, 60_000,
  ])
  expect([0, 1, 5].map((failures) => nextRunInMs(3_600_000, failures))).toEqual([
    3_600_000, 3_600_000, 3_600_000,
  ])
})
