import { expect, test } from 'vitest'
import { findViolations, findWords } from './conventions.ts'

const path = 'packages/x/src/file.ts'
const words = (text: string, at = path) => findWords({ path: at, text }).map(({ message }) => message)
const violations = (text: string, at = path) => findViolations({ path: at, text })

test.each([
  'const answer = 1',
  'function errorAnswer() {}',
  '/** Refuses what is too long. */',
  'class FieldFault {}',
  '/** Ten unless told otherwise. */',
  'const given = input.phone',
  'const keptReceipt = 1',
  'const EVERY = 10',
  'const START_LIMIT = 60_000',
  '// Once a batch.',
])('%s: a private word is reported', (line) => {
  expect(words(`\n${line}\n`)).toHaveLength(1)
  expect(findWords({ path, text: `\n${line}\n` })[0]).toMatchObject({ path, line: 2 })
})

test.each([
  "if (error.code === 'ECONNREFUSED') return",
  'export default {}',
  'const START_TIMEOUT_MS = 60_000',
  'const MAX_ROWS_LIMIT_MS = 3',
  '// Returns the stored response again.',
])('%s: plain English passes', (line) => {
  expect(words(line)).toEqual([])
})

test('"fault" stays the word for fault injection', () => {
  expect(words('a fault', 'apps/analytics-consumer/test/faults/run.ts')).toEqual([])
  expect(words('bun run test:faults runs the fault suite')).toEqual([])
  expect(words('a fault', 'apps/web/src/lib/faulty.ts')).toHaveLength(1)
})

test('a property test names its seed', () => {
  const test = 'fc.assert(fc.property(text, holds))'
  expect(violations(`\n${test}`, 'a.test.ts')).toMatchObject([{ line: 2 }])
  expect(violations(`fc.configureGlobal({ seed: 1 })\n${test}`, 'a.test.ts')).toEqual([])
})

test('a source file of 250 lines passes, one of 251 does not', () => {
  expect(violations('a\n'.repeat(250))).toEqual([])
  expect(violations('a\n'.repeat(251))).toMatchObject([{ message: '251 lines: likely two ideas' }])
})

test('prose wraps at 100 columns; tables, code and long addresses may not', () => {
  const long = 'word '.repeat(30)
  expect(violations(`${long}\n`, 'README.md')).toMatchObject([{ line: 1 }])
  expect(violations(`| ${long} |\n`, 'README.md')).toEqual([])
  expect(violations(`\`\`\`sh\n${long}\n\`\`\`\n`, 'README.md')).toEqual([])
  expect(violations(`${long} https://example.com/${'a'.repeat(40)}\n`, 'README.md')).toEqual([])
})

test('marks that were left behind and paths of one machine are reported', () => {
  expect(violations(`test.${'only'}('x', run)`)).toHaveLength(1)
  expect(violations(`// ${'TO'}DO: later`)).toHaveLength(1)
  expect(violations(`const file = '/home/${'someone'}/file'`)).toHaveLength(1)
  expect(violations(`const path = '/admin/home'`)).toEqual([])
})
