import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { PageTemplate } from './page-template.ts'

const ID = '0123abcd-0123-4567-89ab-0123456789ab'

test.each([
  ['nothing around it', '', ''],
  ['a short page', '<p>', '</p>'],
  [
    'a page that repeats itself, before and after',
    `${'참여해주셔서 감사합니다 '.repeat(500)}`,
    '감사합니다 '.repeat(500),
  ],
  ['a page longer than the window of deflate', 'ab '.repeat(40_000), 'ab c'.repeat(40_000)],
])('%s: gunzipped, it is the plain page with the id of its visitor', (_what, before, after) => {
  const template = new PageTemplate(before, after, ID.length)
  for (const id of [ID, crypto.randomUUID(), crypto.randomUUID()]) {
    const plain = Buffer.from(template.plain(id)).toString()
    expect(plain).toBe(before + id + after)
    expect(gunzipSync(template.gzip(id)).toString()).toBe(plain)
  }
})

test('a compressed page is about as long as one that is compressed as a whole', () => {
  const [before, after] = ['<li>우리동네TV</li>'.repeat(200), '<li>우리동네 SNS</li>'.repeat(200)]
  const template = new PageTemplate(before, after, ID.length)
  const whole = Bun.gzipSync(Buffer.from(before + ID + after)).length
  expect(template.gzip(ID).length).toBeLessThan(whole * 1.2 + 60)
})

test('an id of another length is an error', () => {
  expect(() => new PageTemplate('a', 'b', 4).gzip('12345')).toThrow(RangeError)
})
