import { expect, test } from 'vitest'
import { readEntryLink } from './entry-link.ts'

const channel = (entryPath: string, code: string, kind: 'link' | 'store' = 'link') => ({
  entryPath,
  code,
  kind,
  archived: false,
})
const page = {
  channels: [channel('우리동네TV', 'tv'), channel('SNS', 'sns'), channel('매장 방문', 'store', 'store')],
  visitToken: 'secret',
}

const read = (query: string, channels = page.channels) =>
  readEntryLink({ ...page, channels }, new URLSearchParams(query))

test.each([
  ['', '~direct', null, null],
  ['via=sns', 'sns', 'sns', null],
  ['via=SNS', 'sns', 'sns', null],
  ['utm_source=sns', 'sns', 'sns', null],
  ['utm_source=Sns&utm_medium=social&fbclid=IwAR0', 'sns', 'sns', null],
  ['via=tv&utm_source=sns', 'tv', 'tv', null],
  ['via=unknown&utm_source=sns', 'sns', 'sns', null],
  ['via=unknown', '~direct', null, null],
  ['utm_source=kakao', '~direct', null, null],
  ['via=', '~direct', null, null],
  ['via=store&t=secret', 'store', 'store', 'secret'],
  ['via=store&t=wrong', '~direct', null, null],
  ['via=store', '~direct', null, null],
  ['t=secret', '~direct', null, null],
  ['via=sns&t=secret', 'sns', 'sns', null],
  ['via=share', '~share', null, null],
  ['via=share&utm_source=sns', 'sns', 'sns', null],
  ['via=~direct', '~direct', null, null],
])('a link with "%s" counts as %s', (query, source, via, visitToken) => {
  expect(read(query)).toEqual({ source, via, visitToken })
})

test('a channel that has the code "share" counts as itself', () => {
  expect(read('via=share', [channel('나눔', 'share')])).toMatchObject({ source: 'share', via: 'share' })
})

test('channels after the twentieth count together, and are still chosen on the form; 매장 방문 is one more', () => {
  const many = Array.from({ length: 25 }, (_, n) => channel(`경로 ${n + 1}`, `path-${n + 1}`))
  const channels = [...many, channel('매장 방문', 'store', 'store')]
  expect(read('via=path-20', channels)).toMatchObject({ source: 'path-20', via: 'path-20' })
  expect(read('via=path-21', channels)).toMatchObject({ source: '~other', via: 'path-21' })
  expect(read('via=store&t=secret', channels)).toMatchObject({ source: 'store' })
})
