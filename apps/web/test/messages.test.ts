import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

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

test('every message is used', () => {
  const root = new URL('../src/', import.meta.url)
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(svelte|ts)$/.test(path) && !path.includes('paraglide'))
    .map((path) => readFileSync(new URL(path.replaceAll('[', '%5B').replaceAll(']', '%5D'), root), 'utf8'))
    .join('\n')
  const used = new Set(Array.from(sources.matchAll(/\bm\.(\w+)/g), ([, key]) => key))
  const unused = files.flatMap((file) => Object.keys(messagesOf('ko', file)).filter((key) => !used.has(key)))
  expect(unused).toEqual([])
})
