/** Runs, for each mutant, the tests that reach it until one fails; writes results.json. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { collected } from 'vitest'

fc.configureGlobal({ endOnFailure: true }) // a mutant need not be shrunk

const args = process.argv.slice(2)
const only = args[0] === '--only' ? args[1] : undefined
const tests = only === undefined ? args : args.slice(2)
const switches = { calls: 0, callLimit: Number.POSITIVE_INFINITY }
globalThis.__stryker__ = switches
if (only !== undefined) switches.activeMutant = only

try {
  for (const test of tests) await import(`./${test}`)
} catch (error) {
  if (only === undefined) throw error
  process.exit(1)
}
// The statistical tests take long, and the exact ones must find each mutant without them.
const exact = collected.filter(({ name }) => !name.includes('exact law'))
if (only !== undefined) {
  const known = JSON.parse(readFileSync('calls.json', 'utf8'))
  const running = exact.map((test, at) => ({ ...test, calls: known[at] }))
  process.exit((await firstFailure(running)) === null ? 0 : 1)
}

const mutants = JSON.parse(readFileSync('mutants.json', 'utf8'))
const fixed = new Set(Object.keys(switches.mutantCoverage?.static ?? {}))
const reaching = new Map()
for (const [at, test] of exact.entries()) {
  switches.currentTestId = String(at)
  switches.calls = 0
  await test.run()
  test.calls = switches.calls
  for (const id of Object.keys(switches.mutantCoverage?.perTest[at] ?? {})) {
    reaching.set(id, [...(reaching.get(id) ?? []), test])
  }
}
writeFileSync('calls.json', JSON.stringify(exact.map((test) => test.calls)))
switches.currentTestId = undefined
switches.quiet = true
process.stdout.write(
  `${exact.length} tests pass; ${mutants.length} mutants, ${fixed.size} of them at load time\n`,
)

for (const [done, mutant] of mutants.entries()) {
  if (done % 50 === 0) process.stdout.write(`${done} `)
  mutant.status = await statusOf(mutant)
}
writeFileSync('results.json', JSON.stringify(mutants))
process.stdout.write('\n')

async function statusOf({ id }) {
  const covering = (reaching.get(id) ?? []).sort((one, two) => one.calls - two.calls)
  if (fixed.has(id)) {
    // Code that runs when a module is loaded: a process of its own, because a module is loaded only once.
    const { status, error } = spawnSync('bun', ['harness.mjs', '--only', id, ...tests], { timeout: 240_000 })
    return error !== undefined ? 'Timeout' : status === 0 ? 'Survived' : 'Killed'
  }
  if (covering.length === 0) return 'NoCoverage'
  switches.activeMutant = id
  const failure = await firstFailure(covering)
  switches.activeMutant = undefined
  return failure ?? 'Survived'
}

/** How a test fails first, or null. One that passes far more switches than usual is an endless loop. */
async function firstFailure(running) {
  for (const test of running) {
    switches.calls = 0
    switches.callLimit = 10_000 + 4 * test.calls
    let failed = false
    try {
      await test.run()
    } catch {
      failed = true
    }
    if (switches.calls > switches.callLimit) return 'Timeout'
    if (failed) return 'Killed'
  }
  return null
}
