import { words } from './words.ts'

/** A text file of the checkout: its path from the top, and what it holds. */
export type TextFile = { path: string; text: string }

export type Finding = { path: string; line: number; message: string }

const MAX_SOURCE_LINES = 250
const MAX_PROSE_COLUMNS = 100

const SOURCE = /\.(ts|mjs|svelte|css)$/
const PROSE = /\.md$/

/** What others wrote, what a tool generates, and frozen bytes: not ours to phrase. */
const NOT_OURS = [
  /^bun\.lock$/,
  /^LICENSE$|\/LICENSE$/,
  /^patches\/.*\.patch$/,
  // Applied migrations: their digest is stored in every database.
  /\/migrations\//,
  /\/vectors\/.*\.json$/,
  // They quote mutants, that is, source text.
  /^packages\/draw\/mutation\/(report-.*\.md|equivalent\.json)$/,
  // These hold the words and patterns themselves.
  /^tooling\/conventions\//,
]

export function isChecked(path: string): boolean {
  return !NOT_OURS.some((pattern) => pattern.test(path))
}

/** Every place in `file` where a private word stands for one of the field's. */
export function findWords({ path, text }: TextFile): Finding[] {
  return text.split('\n').flatMap((content, index) =>
    words.flatMap(({ pattern, instead, allowedIn }) => {
      const found = allowedIn?.test(path) ? null : pattern.exec(content)
      return found ? [{ path, line: index + 1, message: `"${found[0]}": write ${instead}` }] : []
    }),
  )
}

const LINE_RULES: { files: RegExp; pattern: RegExp; message: string }[] = [
  {
    files: SOURCE,
    pattern: /\b(it|test|describe|suite)\.(only|todo)\b|\b(TODO|FIXME|XXX)\b/,
    message: 'left behind',
  },
  {
    files: /\.(ts|svelte)$/,
    pattern: /@ts-(ignore|nocheck|expect-error)/,
    message: 'an escape from the types',
  },
  {
    files: /./,
    pattern: /https?:\/\/(registry|repo\d?|deb|mirrors?)\.[a-z]|(^|[^\w.])\/(work|root|home\/[a-z]+)\//,
    message: 'a registry host or a path of one machine',
  },
]

/** What is checked besides the words: left-over marks, file and line lengths, addresses of one machine. */
export function findViolations({ path, text }: TextFile): Finding[] {
  const lines = text.split('\n')
  const findings = lines.flatMap((content, index) =>
    LINE_RULES.filter(({ files, pattern }) => files.test(path) && pattern.test(content)).map(
      ({ message }) => ({ path, line: index + 1, message: `${message}: ${content.trim()}` }),
    ),
  )
  const length = text.endsWith('\n') ? lines.length - 1 : lines.length
  if (SOURCE.test(path) && length > MAX_SOURCE_LINES) {
    findings.push({ path, line: MAX_SOURCE_LINES, message: `${length} lines: likely two ideas` })
  }
  const property = lines.findIndex((line) => /\bfc\.assert\(/.test(line))
  if (property >= 0 && !/\bseed\b/.test(text)) {
    findings.push({
      path,
      line: property + 1,
      message: 'a property without a seed: other inputs at each run',
    })
  }
  return PROSE.test(path) ? [...findings, ...longProse(path, lines)] : findings
}

/** Lines of prose that do not wrap. Tables, code blocks, addresses and long numbers have no shorter form. */
function longProse(path: string, lines: string[]): Finding[] {
  let inCode = false
  return lines.flatMap((content, index) => {
    if (/^\s*```/.test(content)) inCode = !inCode
    const isFixed = inCode || /^\s*\||^\s*\[[^\]]+\]:|https?:\/\/\S{40}|\S{90}/.test(content)
    const columns = [...content].length
    if (isFixed || columns <= MAX_PROSE_COLUMNS) return []
    return [{ path, line: index + 1, message: `${columns} columns; wrap at ${MAX_PROSE_COLUMNS}` }]
  })
}
