/**
 * Mutation testing: `bun run test:mutation [sampler] [verifier] [beacon]`. Stryker's instrumenter puts every mutant into
 * the source behind a switch; harness.mjs loads the instrumented source and the tests once, and then runs, for each
 * mutant, the tests that reach it until one fails. (Stryker's own runner starts the test runner again for each mutant:
 * the same results, in hours instead of minutes.) Its dependencies are installed into a directory outside the workspace;
 * the reports are written beside this file.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reportOf } from './report.mjs'
import { targets } from './targets.mjs'

const here = import.meta.dirname
const root = join(here, '..')
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const directory = process.env.MUTATION_DIRECTORY ?? mkdtempSync(join(tmpdir(), 'eungmo-mutation-'))
const equivalent = JSON.parse(readFileSync(join(here, 'equivalent.json'), 'utf8'))

mkdirSync(directory, { recursive: true })
writeFileSync(
  join(directory, 'package.json'),
  JSON.stringify({
    name: 'eungmo-draw-mutation',
    private: true,
    type: 'module',
    dependencies: {
      ...dependencies,
      'fast-check': devDependencies['fast-check'],
      '@stryker-mutator/instrumenter': '10.1.1',
      expect: '30.2.0',
    },
  }),
)
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
  cwd: directory,
  stdio: 'inherit',
})
mkdirSync(join(directory, 'node_modules', 'vitest'), { recursive: true })
writeFileSync(
  join(directory, 'node_modules/vitest/package.json'),
  '{"type":"module","exports":"./index.mjs"}',
)
cpSync(join(here, 'vitest-stand-in.mjs'), join(directory, 'node_modules/vitest/index.mjs'))
for (const script of ['harness.mjs', 'instrument.mjs']) cpSync(join(here, script), join(directory, script))

const requested = process.argv.slice(2)
for (const { name, mutate, tests } of targets) {
  if (requested.length > 0 && !requested.includes(name)) continue
  for (const part of ['src', 'test', 'vectors']) {
    rmSync(join(directory, part), { recursive: true, force: true })
    cpSync(join(root, part), join(directory, part), { recursive: true })
  }
  execFileSync('bun', ['instrument.mjs', ...mutate], { cwd: directory, stdio: 'inherit' })
  execFileSync('bun', ['harness.mjs', ...tests], { cwd: directory, stdio: 'inherit' })
  const mutants = JSON.parse(readFileSync(join(directory, 'results.json'), 'utf8'))
  const { text, unexplained } = reportOf(name, mutants, equivalent)
  writeFileSync(join(here, `report-${name}.md`), text)
  process.stdout.write(`${name}: report-${name}.md written, ${unexplained} survivors without a reason\n`)
  if (unexplained > 0) process.exitCode = 1
}
if (process.env.MUTATION_DIRECTORY === undefined) rmSync(directory, { recursive: true, force: true })
