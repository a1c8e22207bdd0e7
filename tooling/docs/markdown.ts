import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { marked, type Token, type Tokens } from 'marked'

/** A Markdown file of the repository, with the parts that tests look at. */
export type Document = {
  /** Relative to the top of the repository. */
  path: string
  text: string
  headings: { depth: number; text: string; anchor: string }[]
  codeBlocks: { language: string; code: string }[]
  codeSpans: string[]
  /** Targets of links and images, as written. */
  links: string[]
}

/** Parses Markdown in GitHub's dialect. */
export function parseDocument(path: string, text: string): Document {
  const document: Document = { path, text, headings: [], codeBlocks: [], codeSpans: [], links: [] }
  // `collect` is synchronous, so there is nothing to wait for.
  void marked.walkTokens(marked.lexer(text), (token) => collect(token, document))
  return document
}

function collect(token: Token, { headings, codeBlocks, codeSpans, links }: Document): void {
  if (isA(token, 'heading'))
    headings.push({ depth: token.depth, text: token.text, anchor: anchorOf(token.text) })
  else if (isA(token, 'code')) codeBlocks.push({ language: token.lang ?? '', code: token.text })
  else if (isA(token, 'codespan')) codeSpans.push(token.text)
  else if (isA(token, 'link') || isA(token, 'image')) links.push(token.href)
}

type TokenOf = {
  heading: Tokens.Heading
  code: Tokens.Code
  codespan: Tokens.Codespan
  link: Tokens.Link
  image: Tokens.Image
}

const isA = <T extends keyof TokenOf>(token: Token, type: T): token is TokenOf[T] => token.type === type

/** The anchor that GitHub gives a heading: lower case, letters, digits, `_` and `-` only, spaces as hyphens. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-')
}

export const readDocument = (root: string, path: string): Document =>
  parseDocument(path, readFileSync(join(root, path), 'utf8'))
