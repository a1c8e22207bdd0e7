import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, repositoryFiles } from '../repository.ts'
import { findViolations, findWords, isChecked } from './conventions.ts'

const TEXT =
  /\.(ts|mjs|svelte|css|html|py|sql|md|json|yaml|yml|toml|xml|sh|properties)$|Dockerfile$|^\.ci\/|\.example$/

// Arguments: the beginnings of the paths to look at. Defaults to every file.
const prefixes = process.argv.slice(2)

const findings = repositoryFiles()
  .filter((path) => TEXT.test(path) && isChecked(path))
  .filter((path) => prefixes.length === 0 || prefixes.some((prefix) => path.startsWith(prefix)))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
  .flatMap((file) => [...findWords(file), ...findViolations(file)])

for (const { path, line, message } of findings) process.stdout.write(`${path}:${line}: ${message}\n`)
process.stdout.write(`${findings.length} places to mend\n`)
process.exit(findings.length > 0 ? 1 : 0)
