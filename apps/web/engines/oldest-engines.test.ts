import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findNewerFeatures, newerBuiltIns } from './oldest-engines.ts'

test.each([
  ['const sorted = list.toSorted()', '.toSorted'],
  ['const groups = Object.groupBy(list, byAge)', 'Object.groupBy'],
  ['const stack = new DisposableStack()', 'DisposableStack'],
  ['if (!name.isWellFormed()) return', '.isWellFormed'],
  ['const { promise } = Promise.withResolvers()', 'Promise.withResolvers'],
  ['navigation.navigate(url)', '.navigate'],
  ['const both = mine.intersection(yours)', '.intersection'],
])('a script with %s is rejected', (script, feature) => {
  expect(findNewerFeatures('page.js', script)).toEqual([feature])
})

test.each(['list.slice().sort()', 'list.at(-1)', 'list.concat(more)', 'entry.with = 1', 'CSS.escape(id)'])(
  'a script with %s passes',
  (script) => {
    expect(findNewerFeatures('page.js', script)).toEqual([])
  },
)

test.each([
  ['@layer base{a{color:red}}', '@layer'],
  ['a{color:light-dark(red,blue)}', 'light-dark()'],
  ['label:has(:checked){color:red}', ':has()'],
  ['@media (width>=40rem){a{color:red}}', 'a range in @media'],
  ['a{left:0;translate:1px}', 'translate, rotate and scale outside transform'],
])('the style %s is rejected', (style, feature) => {
  expect(findNewerFeatures('page.css', style)).toEqual([feature])
})

test('a style with transforms and media queries of old passes', () => {
  const style = '@media (min-width:40rem){a{transform:translate(1px) rotate(9deg);color:rgb(0 0 0/.5)}}'
  expect(findNewerFeatures('page.css', style)).toEqual([])
})

test('what Firefox ESR 115 and Safari 15.4 lack is known', () => {
  const names = newerBuiltIns().map(({ owner, member }) => `${owner}.${member ?? ''}`)
  expect(names).toEqual(expect.arrayContaining(['Intl.Segmenter', 'String.isWellFormed', 'Array.findLast']))
  expect(names).not.toContain('Array.at')
})

test('what @eungmo/draw publishes for browsers needs no newer engine', () => {
  const dist = join(dirname(fileURLToPath(import.meta.resolve('@eungmo/draw/verify'))), '..')
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.js') && !file.startsWith('cli/'),
  )
  const found = files.flatMap((file) => {
    const withoutComments = readFileSync(join(dist, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
    return findNewerFeatures(file, withoutComments).map((feature) => `${file}: ${feature}`)
  })
  expect(files).toContain('verify/verify-light.js')
  expect(found).toEqual([])
})
