import { expect, test } from 'vitest'
import { clientAddress, requestAsSent } from './client-address.ts'

test('the address is the one that our outermost proxy saw, never what the visitor claims', () => {
  const headers = new Headers({ 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.0.0.2' })
  expect(clientAddress(headers, '10.0.0.1', 0)).toBe('10.0.0.1')
  expect(clientAddress(headers, '10.0.0.1', 1)).toBe('10.0.0.2')
  expect(clientAddress(headers, '10.0.0.1', 2)).toBe('203.0.113.9')
  expect(clientAddress(new Headers(), '10.0.0.1', 2)).toBe('10.0.0.1')
})

test('only behind a proxy of ours do X-Forwarded-Proto and -Host change the address', () => {
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'event.example.kr' }
  const request = new Request('http://10.0.0.1:3000/e/cake?via=sns', { headers })
  expect(requestAsSent(request, 0).url).toBe('http://10.0.0.1:3000/e/cake?via=sns')
  const host = requestAsSent(request, 1)
  expect(host.url).toBe('https://event.example.kr/e/cake?via=sns')
  expect(host.headers.get('x-forwarded-host')).toBe('event.example.kr')
})
