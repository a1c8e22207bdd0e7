import { expect, test } from 'vitest'
import { addresses } from './addresses.ts'

const card = (address: string, internal = false) => ({
  address,
  internal,
  family: 'IPv4' as const,
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: null,
})

test('this machine first, then the shop’s network', () => {
  const interfaces = { lo: [card('127.0.0.1', true)], wlan0: [card('192.168.0.7')] }
  expect(addresses('0.0.0.0', 3000, interfaces)).toEqual(['http://localhost:3000', 'http://192.168.0.7:3000'])
})

test('a chosen host is the only address', () => {
  expect(addresses('127.0.0.1', 3000)).toEqual(['http://localhost:3000'])
  expect(addresses('10.0.0.5', 80)).toEqual(['http://10.0.0.5:80'])
  expect(addresses('fd00::5', 80)).toEqual(['http://[fd00::5]:80'])
})
