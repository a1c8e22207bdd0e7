import { isIP } from 'node:net'

/**
 * What a limit counts as one client: an IPv4 address, or the /64 network of an IPv6 address. Providers assign
 * a /64 to one household or machine, which may use any of its 2^64 addresses.
 * @example clientNetwork('2001:db8:1:2:3:4:5:6') // => '2001:db8:1:2::/64'
 */
export function clientNetwork(address: string): string {
  if (isIP(address) !== 6) return address
  // Lower case, without leading zeros, and with one :: for the longest run of zeros.
  const canonical = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const before = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
  return `${groups.slice(0, 4).join(':')}::/64`
}
