import { expect, test } from 'vitest'
import {
  clientAddress,
  isForwardingIgnored,
  requestAt,
  trustedProxies,
  visibleUrl,
} from './client-address.ts'

const none = trustedProxies([])
const isTrusted = trustedProxies(['10.0.0.0/8', 'fd00::/8'])
const forwarded = (list: string) => new Headers({ 'x-forwarded-for': list })

test.each([
  ['6.6.6.6, 203.0.113.9, 10.0.0.2', '10.0.0.1', '203.0.113.9'],
  ['6.6.6.6, 203.0.113.9:4711, 10.0.0.2', '10.0.0.1', '203.0.113.9'],
  ['6.6.6.6,[2001:db8::9]:4711', '10.0.0.1', '2001:db8::9'],
  ['203.0.113.9', '::ffff:10.0.0.1', '203.0.113.9'],
  ['203.0.113.9', 'fd00::2', '203.0.113.9'],
  ['10.0.0.9', '10.0.0.1', '10.0.0.9'],
  ['unknown', '10.0.0.1', '10.0.0.1'],
  ['', '10.0.0.1', '10.0.0.1'],
  ['6.6.6.6', '198.51.100.7', '198.51.100.7'],
])('X-Forwarded-For: %j from %s is %s', (list, connection, expected) => {
  expect(clientAddress(forwarded(list), connection, isTrusted)).toBe(expected)
})

test('without proxies the address is the connection’s, whatever the visitor claims', () => {
  expect(clientAddress(forwarded('6.6.6.6'), '10.0.0.1', none)).toBe('10.0.0.1')
})

test('a forwarding header counts as ignored unless a proxy of ours sent it', () => {
  expect(isForwardingIgnored(forwarded('6.6.6.6'), '198.51.100.7', isTrusted)).toBe(true)
  expect(isForwardingIgnored(forwarded('6.6.6.6'), '10.0.0.1', none)).toBe(true)
  expect(isForwardingIgnored(forwarded('6.6.6.6'), '::ffff:10.0.0.1', isTrusted)).toBe(false)
  expect(isForwardingIgnored(new Headers(), '198.51.100.7', isTrusted)).toBe(false)
})

const inner = 'http://10.0.0.2:3000/e/cake?via=sns'
const urlOf = (headers: Record<string, string>, connection: string, publicOrigin: string | null) =>
  visibleUrl(new URL(inner), new Headers(headers), connection, { publicOrigin, isTrusted }).href

test('PUBLIC_URL is the only origin: neither Host nor a header changes it', () => {
  const claims = { 'x-forwarded-proto': 'http', 'x-forwarded-host': 'evil.example' }
  for (const connection of ['10.0.0.1', '198.51.100.7']) {
    expect(urlOf(claims, connection, 'https://event.example.kr')).toBe(
      'https://event.example.kr/e/cake?via=sns',
    )
  }
})

test('without PUBLIC_URL only a proxy of ours reports protocol and host', () => {
  const claims = { 'x-forwarded-proto': 'https,http', 'x-forwarded-host': 'event.example.kr' }
  expect(urlOf(claims, '10.0.0.1', null)).toBe('https://event.example.kr/e/cake?via=sns')
  expect(urlOf(claims, '198.51.100.7', null)).toBe(inner)
  expect(urlOf({ 'x-forwarded-host': 'a b' }, '10.0.0.1', null)).toBe(inner)
})

test('the method, headers and body of a rewritten request stay, except a body that was read', async () => {
  const url = new URL('https://event.example.kr/e/cake?via=sns')
  for (const read of [false, true]) {
    const headers = { 'content-type': 'text/plain' }
    const sent = new Request(inner, { method: 'POST', headers, body: 'hello' })
    if (read) await sent.text()
    const request = requestAt(url, sent)
    expect([request.url, request.method]).toEqual([url.href, 'POST'])
    expect(request.headers.get('content-type')).toBe('text/plain')
    expect(await request.text()).toBe(read ? '' : 'hello')
  }
})

test('a request that names the visitor’s address is not copied', () => {
  const sent = new Request(inner)
  expect(requestAt(new URL(inner), sent)).toBe(sent)
})
