import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** An `@example` of a docstring, or a code block of the README. */
export interface Example {
  readonly name: string
  readonly code: string
}

const DOCSTRING = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n(?:export )(?:function\*?|class|const) (\w+)/g

/** The examples in the docstrings of all exported functions, classes and constants below a directory. */
export function docstringExamples(directory: string): Example[] {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
  return files.sort().flatMap((file) => {
    const source = readFileSync(join(directory, file), 'utf8')
    return [...source.matchAll(DOCSTRING)].flatMap(([, comment = '', name = '']) => {
      const text = comment.replace(/^ ?\*? ?/gm, '')
      const [, example] = text.split('@example\n')
      return example === undefined ? [] : [{ name, code: example.split(/^@/m)[0] as string }]
    })
  })
}

/** The examples in the `ts` blocks of a Markdown file that hold an expectation. */
export function markdownExamples(text: string): Example[] {
  const blocks = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code)
  return blocks.flatMap((code, at) => (code.includes('// =>') ? [{ name: `block ${at + 1}`, code }] : []))
}

/**
 * The example as a program: the examples it builds on come first, and each `expression // => value` (the
 * value may stand on the next line) becomes a call of `expectEqual`.
 */
export function programOf(example: Example, all: readonly Example[]): string {
  const [, base] = /^\/\/ after the example of (\w+)\n/.exec(example.code) ?? []
  const before = base === undefined ? undefined : all.find(({ name }) => name === base)
  if (base !== undefined && before === undefined) throw new Error(`${base} has no example`)
  const statements = example.code
    .replace(/\n\/\/ => /g, ' // => ')
    .replace(/^;?(.+?) \/\/ => (.+)$/gm, (_, expression, value) => `expectEqual(${expression}, ${value})`)
  return `${before === undefined ? '' : programOf(before, all)}\n${statements}`
}
