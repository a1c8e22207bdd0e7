import type { Workspace } from '../repository.ts'
import {
  browserCheck,
  buildCheck,
  type Check,
  fuzzCheck,
  lintCheck,
  longCheck,
  typesCheck,
  vitestCheck,
} from './checks.ts'

/** Checks that run one after another. */
export type Lane = {
  checks: Check[]
  /** Yields the processors to the other lane: for checks without tight time limits. */
  isBackground?: boolean
}

/** Lanes that run side by side; the next stage begins when all of them have ended. */
export type Stage = Lane[]

/**
 * Packages whose tests measure no time, or whose limits are minutes: they share the machine with those in which servers
 * are killed and messages are due within seconds. (Vitest's own `projects` would mix all of them in one pool.)
 */
const BACKGROUND = ['@eungmo/draw', '@eungmo/tooling', '@eungmo/web']

/** Long runs, each with its own report. They are part of no change's daily gate. */
const LONG_SCRIPTS = [
  'test:old-engine',
  'test:other-engines',
  'test:faults',
  'test:mutation',
  'test:proxies',
  'test:attempts',
  'test:year',
  'bench:backlog',
]

/** Fuzzing with the machine to itself. `.ci/run` adds it to the daily run: one or two minutes, the same requests each time. */
export const dailyFuzz = (root: string): Stage => [{ checks: [fuzzCheck(root)] }]

/** Fuzzing for the deep run, from another seed each time. It writes the report of docs/reports. */
export const deepFuzz = (root: string): Stage => {
  const options = ['--requests', '100000', '--examples', '1000', '--seed', 'random']
  return [{ checks: [fuzzCheck(root, [...options, '--report', 'docs/reports/fuzz.md'])] }]
}

/** `npm test`: everything that a change can break every day. Browser tests last, with both processors to themselves. */
export function dailyPlan(root: string, everything: Workspace[], reports: string): Stage[] {
  const tests = everything.filter(({ scripts }) => scripts.test)
  const testsOf = (isBackground: boolean) =>
    tests
      .filter(({ name }) => BACKGROUND.includes(name) === isBackground)
      .map((workspace) => vitestCheck(workspace, reports))
  const browser = everything.filter(({ scripts }) => scripts['test:e2e'])
  return [
    [{ checks: [buildCheck(root)] }],
    [
      { checks: testsOf(false) },
      { checks: [typesCheck(root), lintCheck(root), ...testsOf(true)], isBackground: true },
    ],
    [{ checks: browser.map((workspace) => browserCheck(workspace, reports)) }],
  ]
}

/** `bun run test:deep`: hours, one after another, since each measures. */
export function deepPlan(root: string, everything: Workspace[]): Stage[] {
  const long = everything.flatMap((workspace) =>
    LONG_SCRIPTS.filter((script) => workspace.scripts[script]).map((script) => longCheck(workspace, script)),
  )
  return [[{ checks: [buildCheck(root)] }], [{ checks: long }]]
}

/** The plan without the checks whose names hold none of `words`; the build always stays. No words leave all of them. */
export function only(words: string[], plan: Stage[]): Stage[] {
  if (words.length === 0) return plan
  const isWanted = ({ name }: Check) => name === 'build' || words.some((word) => name.includes(word))
  return plan.map((stage) => stage.map((lane) => ({ ...lane, checks: lane.checks.filter(isWanted) })))
}
