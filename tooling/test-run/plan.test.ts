import { expect, test } from 'vitest'
import type { Workspace } from '../repository.ts'
import { dailyPlan, deepPlan, only, type Stage } from './plan.ts'
import { runPlan } from './run-plan.ts'

const workspaces: Workspace[] = [
  { name: '@eungmo/api', directory: '/api', scripts: { test: 'vitest' } },
  { name: '@eungmo/draw', directory: '/draw', scripts: { test: 'vitest', 'test:mutation': 'run' } },
  { name: '@eungmo/web', directory: '/web', scripts: { test: 'vitest', 'test:e2e': 'playwright' } },
]
const names = (plan: Stage[]) =>
  plan.map((stage) => stage.map(({ checks }) => checks.map(({ name }) => name)))

test('the daily run builds first, shares the machine with patient checks only, and ends with the browser', () => {
  const plan = dailyPlan('/', workspaces, '/reports')
  expect(names(plan)).toEqual([
    [['build']],
    [['@eungmo/api'], ['types', 'lint', '@eungmo/draw', '@eungmo/web']],
    [['@eungmo/web in a browser']],
  ])
  expect(plan[1]?.map(({ isBackground }) => isBackground)).toEqual([undefined, true])
})

test('the deep run holds the long scripts, one after another', () => {
  expect(names(deepPlan('/', workspaces))).toEqual([[['build']], [['@eungmo/draw test:mutation']]])
})

test('words choose checks by a part of their names', () => {
  const plan = only(['draw', 'lint'], dailyPlan('/', workspaces, '/reports'))
  expect(names(plan)).toEqual([[['build']], [[], ['lint', '@eungmo/draw']], [[]]])
})

function check(name: string, script: string) {
  return { name, command: ['sh', '-c', script], cwd: '/', timeoutMs: 30_000 }
}

function run(plan: Stage[]) {
  const lines: string[] = []
  const options = { env: {}, print: (line: string) => void lines.push(line) }
  return runPlan(plan, { ...options, signal: new AbortController().signal }).then((outcome) => ({
    outcome,
    output: lines.join('\n'),
  }))
}

test('lanes run side by side, and a failure in one leaves the others running', async () => {
  const { outcome, output } = await run([
    [
      { checks: [check('fails', 'echo why; exit 1'), check('after it', 'true')] },
      { checks: [check('beside it', 'true')], isBackground: true },
    ],
  ])
  expect(outcome).toEqual({ passed: 2, failed: ['fails'], skipped: [], unstable: [] })
  expect(output).toContain('why')
})

test('after a failed build nothing else runs', async () => {
  const { outcome } = await run([
    [{ checks: [check('build', 'exit 1')] }],
    [{ checks: [check('x', 'true')] }],
  ])
  expect(outcome).toEqual({ passed: 0, failed: ['build'], skipped: [], unstable: [] })
})
