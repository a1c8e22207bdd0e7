import type { Step } from '@eungmo/draw/verify'

/** The protocol's checks in the order in which they run, grouped into the steps that the page shows. */
export const stepGroups = [
  { key: 'rules', steps: ['shapes', 'chain', 'rules', 'seed-chain'] },
  { key: 'list', steps: ['list'] },
  { key: 'beacon', steps: ['round', 'signature'] },
  { key: 'draw', steps: ['seed', 'draws'] },
  { key: 'winners', steps: ['vacancies', 'openings'] },
  { key: 'signed', steps: ['head-and-signatures'] },
  { key: 'stored', steps: ['anchors'] },
] as const satisfies readonly { key: string; steps: readonly Step[] }[]

export type StepGroupKey = (typeof stepGroups)[number]['key']
/** `absent`: there was nothing to check. */
export type StepState = 'waiting' | 'working' | 'passed' | 'failed' | 'absent'

/**
 * The state of a group of checks: `passed` are the checks that passed, `running` the current one, `failed`
 * the one that failed.
 */
export function groupState(
  steps: readonly Step[],
  passed: ReadonlySet<Step>,
  running: Step | null,
  failed: Step | null,
): StepState {
  if (failed && steps.includes(failed)) return 'failed'
  if (steps.every((step) => passed.has(step))) return 'passed'
  if (running && steps.includes(running)) return 'working'
  return 'waiting'
}
