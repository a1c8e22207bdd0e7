/**
 * Mutation testing of sampler and verifier: `bun run test:mutation [sampler|verifier]`.
 * Stryker needs a newer Node than the project does, so everything is installed into a directory of its own, outside the
 * workspace; the report is written beside this file. Half an hour on two idle cores.
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

mkdirSync(directory, { recursive: true })
for (const part of ['src', 'test', 'vectors']) {
  cpSync(join(root, part), join(directory, part), { recursive: true })
}
writeFileSync(
  join(directory, 'package.json'),
  JSON.stringify({
    name: 'eungmo-draw-mutation',
    private: true,
    type: 'module',
    dependencies: {
      ...dependencies,
      'fast-check': devDependencies['fast-check'],
      vitest: devDependencies.vitest,
      '@stryker-mutator/core': '10.1.1',
      '@stryker-mutator/vitest-runner': '10.1.1',
      node: '24.21.0',
    },
  }),
)
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
  cwd: directory,
  stdio: 'inherit',
})

const wanted = process.argv.slice(2)
for (const { name, mutate, tests } of targets) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  writeFileSync(
    join(directory, 'vitest.config.ts'),
    `export default { test: { pool: 'threads', testTimeout: 60000, include: ${JSON.stringify(tests)} } }\n`,
  )
  writeFileSync(
    join(directory, 'stryker.config.json'),
    JSON.stringify({
      testRunner: 'vitest',
      plugins: ['@stryker-mutator/vitest-runner'],
      mutate,
      coverageAnalysis: 'perTest',
      // The wording of messages is no behaviour; tags, keys and names are held by the frozen vectors.
      mutator: { excludedMutations: ['StringLiteral'] },
      concurrency: 2,
      timeoutMS: 20000,
      reporters: ['json', 'clear-text', 'progress-append-only'],
      jsonReporter: { fileName: `${name}.json` },
      clearTextReporter: { logTests: false, reportTests: false },
      allowEmpty: false,
    }),
  )
  const node = join(directory, 'node_modules/.bin/node')
  execFileSync(node, [join(directory, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run'], {
    cwd: directory,
    stdio: 'inherit',
  })
  const result = JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8'))
  const { text, unexplained } = reportOf(
    name,
    result,
    JSON.parse(readFileSync(join(here, 'equivalent.json'), 'utf8')),
  )
  writeFileSync(join(here, `report-${name}.md`), text)
  process.stdout.write(`${name}: report-${name}.md written, ${unexplained} survivors without a reason\n`)
  if (unexplained > 0) process.exitCode = 1
}
if (process.env.MUTATION_DIRECTORY === undefined) rmSync(directory, { recursive: true, force: true })
