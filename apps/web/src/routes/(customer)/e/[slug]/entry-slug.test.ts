import { expect, test } from 'vitest'
import { entrySlug } from './entry-slug.ts'

const of = (address: string, method = 'POST') => entrySlug(method, new URL(address, 'https://a.example'))

test.each([
  ['/e/spring', 'spring'],
  ['/e/spring?via=sns&t=x', 'spring'],
  ['/e/%73pring', 'spring'],
  ['/%65/spring', 'spring'],
  ['/e/a%2Fb', 'a/b'],
  ['/e/100%25', '100%'],
])('a post to %s is about the event %s', (address, slug) => {
  expect(of(address)).toBe(slug)
})

test.each([
  '/e/',
  '/e/spring/',
  '/e/spring/check',
  '/e/spring?/number',
  '/e/spring?via=sns&/number=1',
  '/e/%E0%A4%A',
  '/events/spring',
])('a post to %s is SvelteKit’s alone', (address) => {
  expect(of(address)).toBeUndefined()
})

test('only a post is an entry', () => {
  for (const method of ['GET', 'HEAD', 'PUT']) expect(of('/e/spring', method)).toBeUndefined()
})
