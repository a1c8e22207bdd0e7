import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { lanOrigin } from './lan-origin.ts'

const at = (address: string): NetworkInterfaceInfo[] => [
  { address, family: 'IPv4', internal: address.startsWith('127.'), netmask: '', mac: '', cidr: null },
]
const interfaces = (addresses: Record<string, string>) =>
  Object.fromEntries(Object.entries(addresses).map(([name, address]) => [name, at(address)]))
const originOf = (addresses: Record<string, string>, url = 'http://localhost:3000', isolated = false) =>
  lanOrigin(url, interfaces(addresses), isolated)

test.each<[Record<string, string>]>([
  [{ vEthernet: '172.28.0.1', 'Wi-Fi': '192.168.0.7' }],
  [{ utun4: '10.8.0.2', en0: '192.168.0.7' }],
  [{ docker0: '172.17.0.1', wlan0: '192.168.0.7' }],
  [{ lo: '127.0.0.1', 'br-1a2b': '192.168.32.1', eth0: '192.168.0.7' }],
  [{ eth1: '10.0.3.4', eth0: '192.168.0.7' }],
])('of %j phones reach the Wi-Fi address', (addresses) => {
  expect(originOf(addresses)).toBe('http://192.168.0.7:3000')
})

test('there is none for a public address, in a container, and with virtual interfaces only', () => {
  expect(originOf({ en0: '192.168.0.7' }, 'https://event.example.kr')).toBeNull()
  expect(originOf({ eth0: '172.18.0.3' }, 'http://localhost:3000', true)).toBeNull()
  expect(originOf({ docker0: '172.17.0.1', utun0: '10.8.0.2' })).toBeNull()
})
