import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import * as beacon from '../src/beacon/index.ts'
import * as draw from '../src/draw.ts'
import * as encoding from '../src/encoding/index.ts'
import * as list from '../src/list/index.ts'
import * as receipts from '../src/receipts/index.ts'
import * as records from '../src/records/index.ts'
import * as sampling from '../src/sampling/index.ts'
import * as verify from '../src/verify/index.ts'
import { docstringExamples, markdownExamples, programOf } from './support/examples.ts'

const root = new URL('..', import.meta.url).pathname
const subpaths = { sampling, list, records, receipts, beacon, verify, encoding }
const examples = docstringExamples(join(root, 'src'))
const readme = markdownExamples(readFileSync(join(root, 'README.md'), 'utf8'))

async function run(program: string): Promise<number> {
  const imports = [...new Set(program.match(/^import .*$/gm))].join('\n')
  const { outputFiles } = await build({
    stdin: {
      contents: `${imports}\n${program.replace(/^import .*$/gm, '')}`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    write: false,
    logOverride: { 'import-is-undefined': 'error' },
    alias: {
      ...Object.fromEntries(
        Object.keys(subpaths).map((name) => [`@eungmo/draw/${name}`, join(root, 'src', name, 'index.ts')]),
      ),
      '@eungmo/draw': join(root, 'src/draw.ts'),
    },
  })
  let checked = 0
  const expectEqual = (found: unknown, expected: unknown) => {
    expect(found).toEqual(expected)
    checked++
  }
  new Function('require', 'expectEqual', outputFiles[0]?.text ?? '')(
    createRequire(import.meta.url),
    expectEqual,
  )
  return checked
}

describe('the examples', () => {
  it.each(examples.map((example) => [example.name, example] as const))('of %s', async (_, example) => {
    expect(await run(programOf(example, examples))).toBeGreaterThan(0)
  })

  it.each(readme.map((example) => [example.name, example] as const))(
    'of the README: %s',
    async (_, example) => {
      expect(await run(programOf(example, readme))).toBeGreaterThan(0)
    },
  )

  it('exist for every public function and class', () => {
    const named = new Set(examples.map(({ name }) => name))
    const isError = (value: unknown) => typeof value === 'function' && value.prototype instanceof Error
    const missing = [draw, ...Object.values(subpaths)].flatMap((module) =>
      Object.entries(module)
        .filter(([name, value]) => typeof value === 'function' && !isError(value) && !named.has(name))
        .map(([name]) => name),
    )
    expect(missing).toEqual([])
  })
})
