import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ROOT, repositoryFiles, workspaces } from '../repository.ts'
import {
  brokenLinks,
  missingPaths,
  translationGaps,
  unknownIdentifiers,
  unknownScripts,
} from './find-problems.ts'
import { parseDocument, readDocument } from './markdown.ts'
import { parseMermaid } from './mermaid.ts'
import { missingTests, namedTests, rowsWithoutTest } from './named-tests.ts'

const files = new Set(repositoryFiles(ROOT))
const documents = new Map(
  [...files].filter((file) => file.endsWith('.md')).map((file) => [file, readDocument(ROOT, file)]),
)
/** Written by `bun run test:mutation`: its lines quote source text. */
const prose = [...documents.values()].filter(({ path }) => !path.startsWith('packages/draw/mutation/'))
/** Of the present: a changelog also names what is gone. */
const present = prose.filter(({ path }) => path !== 'CHANGELOG.md')
const SOURCE = /\.(ts|mjs|svelte|sql|py|json|ya?ml|toml|html|css|example|patch)$|^\.ci\/run$/
/** Of SvelteKit and postgres.js. */
const NAMES_OF_OTHERS = ['generateManifest', 'fetchArrayTypes']
const manifest = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')))
const scripts = new Set([manifest, ...workspaces()].flatMap((one) => Object.keys(one.scripts)))

describe('the documents of this repository', () => {
  test('every relative link leads to a file, and its anchor to a heading', () => {
    expect(prose.flatMap((document) => brokenLinks(document, files, documents))).toEqual([])
  })

  test('every path in code type exists', () => {
    expect(present.flatMap((document) => missingPaths(document, files))).toEqual([])
  })

  test('every identifier in code type occurs in the sources', () => {
    const sources = [...files].filter((file) => SOURCE.test(file) && !file.startsWith('tooling/docs/'))
    const ours = sources.flatMap((file) => readFileSync(join(ROOT, file), 'utf8').match(/\w+/g) ?? [])
    const words = new Set([...ours, ...NAMES_OF_OTHERS])
    expect(present.flatMap((document) => unknownIdentifiers(document, words))).toEqual([])
  })

  test('every `bun run` command is a script of some package.json', () => {
    expect(prose.flatMap((document) => unknownScripts(document, scripts))).toEqual([])
  })

  test('every Mermaid block parses', async () => {
    const diagrams = prose.flatMap(({ path, codeBlocks }) =>
      codeBlocks.filter(({ language }) => language === 'mermaid').map(({ code }) => ({ path, code })),
    )
    expect(diagrams.length).toBeGreaterThan(0)
    for (const { path, code } of diagrams) await expect(parseMermaid(code), path).resolves.toBeUndefined()
  })

  test('every test that SECURITY.md names exists, and every threat names one', () => {
    const { text = '' } = documents.get('SECURITY.md') ?? {}
    expect(namedTests(text).length).toBeGreaterThan(20)
    expect(missingTests(text, (file) => readFileSync(join(ROOT, file), 'utf8'))).toEqual([])
    expect(rowsWithoutTest(text, '## Threats')).toEqual([])
  })

  test('the Korean README has the headings and the commands of the English one', () => {
    expect(translationGaps(readDocument(ROOT, 'README.md'), readDocument(ROOT, 'README.ko.md'))).toEqual([])
  })
})

describe('the checks themselves', () => {
  const check = (text: string) => parseDocument('docs/a.md', text)

  test('a link to a missing file or heading is found', () => {
    const target = parseDocument('docs/b.md', '# A heading, 1')
    const known = new Set(['docs/a.md', 'docs/b.md'])
    const all = new Map([['docs/b.md', target]])
    const text =
      '[1](b.md) [2](b.md#a-heading-1) [3](c.md) [4](b.md#none) [5](https://example.com/x) ![6](p.png)'
    expect(brokenLinks(check(text), known, all)).toEqual([
      'docs/a.md: link to c.md, which does not exist',
      'docs/a.md: link to b.md#none, which has no such heading',
      'docs/a.md: link to p.png, which does not exist',
    ])
  })

  test('a missing path in code type is found; patterns, commands and generated files are not paths', () => {
    const known = new Set(['packages/db/src/a.ts'])
    const text =
      '`packages/db/src/a.ts` `packages/db/` `packages/db/src/b.ts` `a/<id>.ts` `x/*.ts` `.data/demo.json`'
    expect(missingPaths(check(text), known)).toEqual(['docs/a.md: `packages/db/src/b.ts` does not exist'])
  })

  test('a name that no source file holds is found; plain words and commands are not names', () => {
    const text =
      '`readEvent` `readNothing()` `events.readEvent` `MAX_CHANNELS` `npm` `bun run bench` `participants`'
    expect(unknownIdentifiers(check(text), new Set(['readEvent', 'events', 'MAX_CHANNELS']))).toEqual([
      'docs/a.md: `readNothing()` is in no source file',
    ])
  })

  test('an unknown script is found', () => {
    const text = '`bun run --cwd packages/db bench` and\n```sh\nnpm run nothing\n```'
    expect(unknownScripts(check(text), new Set(['bench']))).toEqual([
      'docs/a.md: no package.json has a script "nothing"',
    ])
  })

  test('a test under another name is found, and a threat without one', () => {
    const text = [
      '# A\n\n## Threats\n\n| who | proved by |\n| --- | --- |',
      '| one | `a.test.ts` › *is safe*, `a.test.ts` › *is safer* |\n| two | nothing yet |',
      '\n## Open\n\n| three |\n',
    ].join('\n')
    expect(missingTests(text, () => "test('is safe', () => {})")).toEqual([
      'a.test.ts has no test "is safer"',
    ])
    expect(rowsWithoutTest(text, '## Threats')).toEqual(['| two | nothing yet |'])
  })

  test('a broken diagram does not parse', async () => {
    await expect(parseMermaid('flowchart LR\n  a --> ')).rejects.toThrow()
  })

  test('a translation that lost a heading or changed a command is found; its comments may differ', () => {
    const original = parseDocument('a.md', '# A\n## B\n```sh\n# start\nnpm start\n```')
    expect(
      translationGaps(original, parseDocument('b.md', '# 가\n## 나\n```sh\n# 시작\nnpm start\n```')),
    ).toEqual([])
    expect(translationGaps(original, parseDocument('b.md', '# 가\n```sh\nnpm stop\n```'))).toEqual([
      'b.md: headings #, but a.md: # ##',
      'b.md: code block 1 is another one',
    ])
  })
})
