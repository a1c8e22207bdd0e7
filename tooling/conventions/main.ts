import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../repository.ts'
import { findViolations, findWords, isChecked } from './conventions.ts'

const TEXT =
  /\.(ts|mjs|svelte|css|html|py|sql|md|json|yaml|yml|toml|xml|sh|properties)$|Dockerfile$|^\.ci\/|\.example$/

/** The files that git tracks or would track. */
function trackedFiles(): string[] {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (listed.status !== 0) throw new Error(`git cannot list the files of ${ROOT}:\n${listed.stderr}`)
  return listed.stdout.split('\0').filter((path) => path !== '')
}

// Arguments: `--report` never fails; anything else is the start of the paths to look at.
const args = process.argv.slice(2)
const isReport = args.includes('--report')
const prefixes = args.filter((arg) => !arg.startsWith('--'))

const findings = trackedFiles()
  .filter((path) => TEXT.test(path) && isChecked(path))
  .filter((path) => prefixes.length === 0 || prefixes.some((prefix) => path.startsWith(prefix)))
  .filter((path) => statSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile())
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
  .flatMap((file) => [...findWords(file), ...findViolations(file)])

for (const { path, line, message } of findings) process.stdout.write(`${path}:${line}: ${message}\n`)
process.stdout.write(`${findings.length} places to mend\n`)
process.exit(findings.length > 0 && !isReport ? 1 : 0)
