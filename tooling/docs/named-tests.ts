/** A test that a document names as `file` › *name*. */
type NamedTest = { file: string; name: string }

/** The tests that a text names, in its order. */
export function namedTests(text: string): NamedTest[] {
  return [...text.matchAll(/`([\w./()[\]-]+\.(?:test|spec)\.ts)` › \*([^*\n]+)\*/g)].map(
    ([, file = '', name = '']) => ({ file, name }),
  )
}

/** The named tests whose file has no test, group or row of test.each with this name. */
export function missingTests(text: string, read: (file: string) => string): string[] {
  return namedTests(text)
    .filter(({ file, name }) => !["'", '`', '"'].some((quote) => read(file).includes(quote + name + quote)))
    .map(({ file, name }) => `${file} has no test "${name}"`)
}

/** Rows of the table under a heading that name no test. */
export function rowsWithoutTest(text: string, heading: string): string[] {
  const [, section = ''] = text.split(`\n${heading}\n`)
  const rows = (section.split(/\n## /)[0] ?? '').split('\n').filter((line) => line.startsWith('| '))
  return rows.slice(2).filter((row) => namedTests(row).length === 0)
}
