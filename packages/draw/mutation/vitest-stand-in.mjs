/** What the tests import of vitest, collecting instead of running. */
import { createRequire } from 'node:module'

// through require: Bun does not see the named exports of its ES wrapper
const { expect: jestExpect } = createRequire(import.meta.url)('expect')

export const collected = []
const names = []

export function describe(name, body) {
  names.push(name)
  body()
  names.pop()
}

export function it(name, ...rest) {
  collected.push({ name: [...names, name].join(' > '), run: rest.find((part) => typeof part === 'function') })
}

it.each = (rows) => (name, run) => {
  rows.forEach((row, at) => {
    it(`${name} #${at}`, () => run(...(Array.isArray(row) ? row : [row])))
  })
}

export const expect = jestExpect
export const beforeAll = () => undefined
export const afterAll = () => undefined
