import { expect, test } from 'vitest'
import { asDomainError } from '../errors/as-domain-error.ts'
import { clientNetwork } from './client-network.ts'
import { createRateLimit } from './rate-limit.ts'

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::ffff', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['2001:db8:1::', '2001:db8:1:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
  ['', ''],
])('the client of %s is %s', (address, expected) => {
  expect(clientNetwork(address)).toBe(expected)
})

test('all addresses of one /64 share an allowance, and those of another have their own', () => {
  const limit = createRateLimit({ burst: 2, perMinute: 1 }, () => 0)
  limit.take('2001:db8:1:2::1')
  limit.take('2001:db8:1:2:ffff::2')
  expect(() => limit.take('2001:db8:1:2::3')).toThrow('RATE_LIMITED')
  limit.take('2001:db8:1:3::1')
  try {
    limit.take('2001:db8:1:2::4')
  } catch (error) {
    expect(asDomainError(error).details.retryAfter).toBe(60)
  }
})
