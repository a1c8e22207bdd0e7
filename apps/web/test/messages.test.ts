import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withHonorific } from '../src/lib/with-honorific.ts'

const files = ['common', 'customer', 'owner', 'access-log']

function messagesOf(locale: 'ko' | 'en', file: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(`../messages/${locale}/${file}.json`, import.meta.url), 'utf8'))
}

const parametersOf = (message: string): string[] =>
  [...new Set(Array.from(message.matchAll(/\{(\w+)\}/g), ([, name = '']) => name))].sort()

test.each(files)('every message of %s.json is there in both languages, with the same parameters', (file) => {
  const [ko, en] = [messagesOf('ko', file), messagesOf('en', file)]
  expect(Object.keys(en)).toEqual(Object.keys(ko))
  for (const [key, message] of Object.entries(ko)) {
    expect([key, parametersOf(en[key] ?? '')]).toEqual([key, parametersOf(message)])
  }
})

/** The source code of the pages. */
function sources(): string {
  const root = new URL('../src/', import.meta.url)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(svelte|ts)$/.test(path) && !path.includes('paraglide'))
    .map((path) => readFileSync(new URL(path.replaceAll('[', '%5B').replaceAll(']', '%5D'), root), 'utf8'))
    .join('\n')
}

test('every message is used', () => {
  const used = new Set(Array.from(sources().matchAll(/\bm\.(\w+)/g), ([, key]) => key))
  const unused = files.flatMap((file) => Object.keys(messagesOf('ko', file)).filter((key) => !used.has(key)))
  expect(unused).toEqual([])
})

test('no Korean message doubles the 님 of a name: names come with it, from withHonorific', () => {
  const messages = files.flatMap((file) => Object.entries(messagesOf('ko', file)))
  expect(messages.filter(([, message]) => /\} ?님/.test(message))).toEqual([])
  const withPerson = messages.filter(([, message]) => message.includes('{person}')).map(([key]) => key)
  const code = sources()
  const derived = Array.from(code.matchAll(/const person = \$derived\((.*)/g), ([, value]) => value)
  const calls = withPerson.flatMap((key) => code.split(`m.${key}(`).slice(1))
  expect(calls.length).toBeGreaterThanOrEqual(withPerson.length)
  for (const call of calls) expect(call.slice(0, 250)).toMatch(/\bwithHonorific\(|[{,]\s*person\s*[,}]/)
  for (const value of derived) expect(value).toMatch(/^withHonorific\(/)
  expect(withHonorific('김민지', 'ko')).toBe('김민지 님')
  expect(withHonorific('링고 사장님', 'ko')).toBe('링고 사장님')
  expect(withHonorific('Kim', 'en')).toBe('Kim')
})
