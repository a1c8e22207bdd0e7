import { expect, it } from 'vitest'
import { pathAfterSignIn } from './path-after-sign-in.ts'

const after = (next: string) =>
  pathAfterSignIn(new URL(`http://shop.test/login?next=${encodeURIComponent(next)}`))

it('goes back to the page that asked for signing in', () => {
  expect(after('/admin/events/1?tab=draw')).toBe('/admin/events/1?tab=draw')
})

it.each([
  '',
  'https://evil.test/',
  '//evil.test/',
  '/\\evil.test',
  'javascript:alert(1)',
  '/\t/evil.test',
  '/.//evil.test',
  '/..//evil.test',
  '/./\\evil.test',
])('never leaves the site: %j', (next) => {
  expect(after(next)).toBe('/admin/events')
})
