import { expect, test } from 'vitest'
import { asDomainError } from '../errors/as-domain-error.ts'
import { createRateLimit } from './rate-limit.ts'

test('a client may use its burst, then its rate, independently of other clients', () => {
  let now = 0
  const limit = createRateLimit({ burst: 3, perMinute: 60 }, () => now)
  const taken = (client: string) => {
    try {
      limit.take(client)
      return 0
    } catch (error) {
      return asDomainError(error).details.retryAfter
    }
  }
  expect(['a', 'a', 'a', 'a', 'b'].map(taken)).toEqual([0, 0, 0, 1, 0])
  now += 999
  expect(taken('a')).toBe(1)
  now += 1
  expect([taken('a'), taken('a')]).toEqual([0, 1])
  now += 3_600_000
  expect(['a', 'a', 'a', 'a'].map(taken)).toEqual([0, 0, 0, 1])
})
