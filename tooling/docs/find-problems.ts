import { posix } from 'node:path'
import type { Document } from './markdown.ts'

/** Every check returns one line of text per problem, and nothing for a document that is in order. */
type Problems = string[]

/**
 * Relative links, and their anchors, that lead nowhere. Links to other hosts are not followed.
 * @param files paths of all files, relative to the top of the repository
 * @param documents by path
 */
export function brokenLinks(
  { path, links }: Document,
  files: ReadonlySet<string>,
  documents: ReadonlyMap<string, Document>,
): Problems {
  const problems: Problems = []
  for (const link of links) {
    if (/^[a-z][a-z+.-]*:/i.test(link)) continue
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? path : posix.join(posix.dirname(path), decodeURIComponent(file))
    if (!exists(target, files)) problems.push(`${path}: link to ${link}, which does not exist`)
    else if (anchor && !documents.get(target)?.headings.some((heading) => heading.anchor === anchor))
      problems.push(`${path}: link to ${link}, which has no such heading`)
  }
  return problems
}

/** Where the product writes when it is installed, built or run: nothing that the repository holds. */
const GENERATED = /(^|\/)(\.data|\.git|build|dist|node_modules)(\/|$)/

/** A path with a slash in it, and either an extension or a slash at the end. */
const PATH =
  /^(?:\.{1,2}\/)?[\w@.()[\]+-]+(?:\/[\w@.()[\]+-]+)*(?:\/|\/[\w@.()[\]+-]+\.(?:ts|svelte|json|md|sql|py|css|html|yaml|yml|patch|mjs|csv|png))$/

/** Code spans that read like a path of the repository, but name no file or folder there, nor beside the document. */
export function missingPaths({ path, codeSpans }: Document, files: ReadonlySet<string>): Problems {
  return [...new Set(codeSpans)]
    .filter((span) => PATH.test(span) && !GENERATED.test(span))
    .filter((span) => !exists(span, files) && !exists(posix.join(posix.dirname(path), span), files))
    .map((span) => `${path}: \`${span}\` does not exist`)
}

/** A name as code spells it: camel case, upper or lower snake case, and dotted paths of such names; no plain words. */
const IDENTIFIER = /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*(?:\(\))?$/
const isSpelledAsCode = (name: string) => /[a-z][A-Z]|_/.test(name)

/**
 * Code spans that read like an identifier which no source file holds.
 * @param words every word of the sources
 */
export function unknownIdentifiers({ path, codeSpans }: Document, words: ReadonlySet<string>): Problems {
  return [...new Set(codeSpans)]
    .filter((span) => IDENTIFIER.test(span))
    .filter((span) => span.match(/\w+/g)?.some((name) => isSpelledAsCode(name) && !words.has(name)))
    .map((span) => `${path}: \`${span}\` is in no source file`)
}

function exists(target: string, files: ReadonlySet<string>): boolean {
  const normalised = posix.normalize(target).replace(/\/$/, '')
  if (normalised === '.' || files.has(normalised)) return true
  for (const file of files) if (file.startsWith(`${normalised}/`)) return true
  return false
}

/** `bun run x` and `npm run x` in code, where no package.json has a script x. */
export function unknownScripts(
  { path, codeBlocks, codeSpans }: Document,
  scripts: ReadonlySet<string>,
): Problems {
  const code = [...codeBlocks.map((block) => block.code), ...codeSpans].join('\n')
  const names = [...code.matchAll(/\b(?:bun|npm) run (?:--cwd \S+ |--[\w-]+ )*([\w:-]+)(?![\w./-])/g)].map(
    ([, name]) => name,
  )
  return [...new Set(names)]
    .filter((name) => name !== undefined && !scripts.has(name))
    .map((name) => `${path}: no package.json has a script "${name}"`)
}

/** How the translation of a document departs from it: in the levels of its headings, or in its commands. */
export function translationGaps(original: Document, translation: Document): Problems {
  const problems: Problems = []
  const levels = ({ headings }: Document) => headings.map(({ depth }) => '#'.repeat(depth)).join(' ')
  if (levels(original) !== levels(translation))
    problems.push(
      `${translation.path}: headings ${levels(translation)}, but ${original.path}: ${levels(original)}`,
    )
  const commands = ({ codeBlocks }: Document) => codeBlocks.map(withoutComments)
  const expected = commands(original)
  for (const [index, block] of commands(translation).entries())
    if (block !== expected[index])
      problems.push(`${translation.path}: code block ${index + 1} is another one`)
  if (translation.codeBlocks.length < expected.length)
    problems.push(`${translation.path}: ${translation.codeBlocks.length} code blocks of ${expected.length}`)
  return problems
}

/** Comments are prose, and so are translated. */
const withoutComments = ({ language, code }: { language: string; code: string }): string => {
  const lines = code.split('\n').filter((line) => !line.startsWith('#'))
  return [language, ...lines.map((line) => line.replace(/ +# .*$/, ''))].join('\n')
}
